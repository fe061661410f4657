/**
 * Accountability over HTTP: the statement of a job for the platform, the records of a period, the transparency report, and
 * the defaults that a lead sets.
 *
 * Records and reports are for who leads and who audits. The report is counted from the chain, so
 * an auditor who verified the chain can count it again; which report was drawn is itself a record.
 * @module
 */

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { wireJobId } from '@reclaim/casework/wire';
import {
  wirePublication,
  wirePublicationRequest,
  wirePublications,
} from '@reclaim/casework/wire-publication';
import {
  wireAccountability,
  wireReportFiles,
  wireReportRequest,
  wireStatement,
} from '@reclaim/casework/wire-statement';
import { wireDay } from '@reclaim/casework/wire-statement-choice';
import { addDays, type Day, parseDay } from '@reclaim/law/day';
import { profileOf } from '@reclaim/law/duty/obligation-profile';
import { csvText } from '@reclaim/law/report/csv';
import type { ReportFrame } from '@reclaim/law/report/period';
import { makeReport, missingTexts, reportFiles } from '@reclaim/law/report/report';
import { usClockSheet } from '@reclaim/law/report/us-clock-sheet';
import { dayAt, startOfDay } from '@reclaim/law/zone';
import { listPublications, notePublication } from '@reclaim/store/publications';
import { countedLog, noteReport } from '@reclaim/store/report-records';
import {
  readAccountability,
  statementOfJob,
  statementsBetween,
  writeAccountability,
} from '@reclaim/store/statements';
import type { Store } from '@reclaim/store/store';
import * as z from 'zod/mini';
import { HttpProblem } from './problem.ts';
import { actorOf, type NodeParts, problems, type Server } from './route.ts';

/** Statements fetched at once while a period is streamed. */
const PAGE = 500;

/** Who may read records and reports: persons who lead or audit. No key is enough. */
const OPEN = { session: 'required', permissions: ['lead', 'audit'] } as const;

/** Registers `/v1/statements`, `/v1/transparency-reports`, `/v1/accountability` and the statement of a job. */
export function reportRoutes(server: Server, { store, platform, anonymous }: NodeParts): void {
  server.route({
    method: 'GET',
    url: '/v1/jobs/:id/statement',
    config: { scopes: ['check', 'review'] },
    schema: {
      summary: 'The statement of reasons that stands for a job, for whoever tells the uploader',
      params: z.strictObject({ id: wireJobId }),
      response: { 200: wireStatement, ...problems },
    },
    handler: async (request) => {
      const found = await statementOfJob(store, request.params.id);
      if (found === undefined) throw new HttpProblem('not-found');
      return found;
    },
  });

  server.route({
    method: 'GET',
    url: '/v1/statements',
    config: { ...OPEN, answers: 'application/x-ndjson' },
    schema: {
      summary: 'The records of a period as JSON lines, as the Commission’s database takes them',
      querystring: z.strictObject({ from: wireDay, to: wireDay }),
      response: { 200: z.any(), ...problems },
    },
    handler: async (request, reply) => {
      const { from, to } = periodOf(request.query);
      const first = startOfDay(from, platform.zone);
      const end = startOfDay(addDays(to, 1), platform.zone);
      reply.type('application/x-ndjson; charset=utf-8');
      return reply.send(Readable.from(recordLines(store, first, end)) as never);
    },
  });

  server.route({
    method: 'POST',
    url: '/v1/transparency-reports',
    config: OPEN,
    schema: {
      summary:
        'Draw the transparency report of a period: sheets 1–8 and 11, and the clock sheet of the United States',
      body: wireReportRequest,
      response: { 200: wireReportFiles, ...problems },
    },
    handler: async (request) => {
      const { texts, possible, previousOn } = request.body;
      const { from, to } = periodOf(request.body);
      const { provider, service } = await readAccountability(store);
      const now = store.now();
      const { events, requests, position } = await countedLog(store);
      const frame: ReportFrame = {
        provider,
        service,
        from,
        to,
        zone: platform.zone,
        publishedOn: dayAt(now, platform.zone),
        previousOn: previousOn === undefined ? null : dayOf(previousOn, '/previousOn'),
        profile: profileOf(platform.service).id,
        possible,
      };
      const report = makeReport(events, frame, texts);
      if (!report.ok) {
        const invalid = report.faults.map((fault) => ({
          pointer: fault.kind === 'text' ? `/texts/${fault.id}` : '',
          rule: fault.fault,
        }));
        // An event that cannot be counted is our own mistake, never the caller's.
        if (report.faults.some(({ kind }) => kind === 'event'))
          throw new Error('report: the log cannot be counted');
        throw new HttpProblem('invalid-request', invalid.slice(0, 20));
      }
      const files = [
        ...reportFiles(report.sheets),
        { name: 'us_clock_sheet.csv', text: csvText(usClockSheet(requests, frame, now)) },
      ];
      await noteReport(store, actorOf(request), {
        from,
        to,
        files: Object.fromEntries(
          files.map(({ name, text }) => [name, createHash('sha256').update(text).digest('hex')]),
        ),
      });
      return { profile: frame.profile, position, files, missingTexts: [...missingTexts(frame, texts)] };
    },
  });

  server.route({
    method: 'GET',
    url: '/v1/publications',
    config: { scopes: 'public' },
    onRequest: async (request) => anonymous.admit(request.ip),
    schema: {
      summary: 'Every version of the terms and reports that were published, with the SHA-256 of its files',
      response: { 200: wirePublications, ...problems },
    },
    handler: async () => ({ publications: await listPublications(store) }),
  });

  server.route({
    method: 'POST',
    url: '/v1/publications',
    config: { session: 'required', permissions: ['lead'] },
    schema: {
      summary: 'Write down what was published: a version, or one that corrects another; both stay',
      body: wirePublicationRequest,
      response: { 201: wirePublication, ...problems },
    },
    handler: async (request, reply) => {
      dayOf(request.body.publishedOn, '/publishedOn');
      const noted = await notePublication(store, actorOf(request), request.body);
      if (noted === undefined)
        throw new HttpProblem('invalid-request', [{ pointer: '/corrects', rule: 'version-of-the-kind' }]);
      return reply.code(201).send(noted);
    },
  });

  server.route({
    method: 'GET',
    url: '/v1/accountability',
    config: { scopes: ['review', 'audit'] },
    schema: {
      summary: 'What statements and reports name: provider, service, and the usual grounds',
      response: { 200: wireAccountability, ...problems },
    },
    handler: () => readAccountability(store),
  });

  server.route({
    method: 'PUT',
    url: '/v1/accountability',
    config: { session: 'required', permissions: ['lead'] },
    schema: {
      summary: 'Set it',
      body: wireAccountability,
      response: { 200: wireAccountability, ...problems },
    },
    handler: async (request) => {
      await writeAccountability(store, actorOf(request), request.body);
      return request.body;
    },
  });
}

async function* recordLines(store: Store, from: number, to: number): AsyncGenerator<string> {
  for (let after: { madeAt: number; decisionId: string } | undefined; ; ) {
    const page = await statementsBetween(store, from, to, after, PAGE);
    for (const { record } of page) yield `${JSON.stringify(record)}\n`;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = { madeAt: last.madeAt, decisionId: last.decisionId };
  }
}

/** @throws {HttpProblem} for days that the calendar does not have, or an end before the beginning */
function periodOf(given: { readonly from: string; readonly to: string }): {
  readonly from: Day;
  readonly to: Day;
} {
  const from = dayOf(given.from, '/from');
  const to = dayOf(given.to, '/to');
  if (to < from) throw new HttpProblem('invalid-request', [{ pointer: '/to', rule: 'not-before-from' }]);
  return { from, to };
}

function dayOf(text: string, pointer: string): Day {
  try {
    return parseDay(text);
  } catch {
    throw new HttpProblem('invalid-request', [{ pointer, rule: 'day' }]);
  }
}
