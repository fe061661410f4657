/**
 * The screens that are read: blackmail, helping someone, being ready, keeping proof. Each has one way on,
 * and none asks for anything.
 * @module
 */

import type { ComponentChildren } from 'preact';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { ServiceList } from '../service-list.tsx';
import { useHeader, useVisit } from '../visit.ts';

function Reading(props: {
  readonly title: string;
  readonly lead: string;
  readonly points: readonly string[];
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={props.title} lead={props.lead} {...useHeader()} />
      </div>
      <ol class="timeline">
        {props.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ol>
      {props.children}
    </div>
  );
}

/** S43: somebody wants money or more. */
export function Blackmail() {
  const { words, go } = useVisit();
  const { title, lead, stop, pay, keep, account, tell, protect } = words.blackmail;
  return (
    <Reading title={title} lead={lead} points={[stop, pay, keep, account, tell]}>
      <p class="not-your-fault">{words.frame.notFault}</p>
      <p>{protect}</p>
      <div class="actions">
        <Button onPress={() => go('age')}>{words.blackmail.goOn}</Button>
        <Button kind="quiet" onPress={() => go('evidence')}>
          {words.needs.evidence}
        </Button>
        <Button kind="quiet" onPress={() => go('guides')}>
          {words.needs.guides}
        </Button>
      </div>
      <h2>{words.start.human}</h2>
      <ServiceList
        fits={(each) => each.does === 'line' || each.does === 'report' || each.country === 'world'}
      />
      <div class="actions">
        <Button kind="plain" onPress={() => go('talk')}>
          {words.start.all}
        </Button>
      </div>
    </Reading>
  );
}

/** S44: helping someone. */
export function Helper() {
  const { words, go } = useVisit();
  const { title, lead, look, ask, device, blame, minor, yours } = words.helper;
  return (
    <Reading title={title} lead={lead} points={[look, ask, device, blame]}>
      <NoticeBox kind="attention">
        <p>{minor}</p>
      </NoticeBox>
      <p class="quiet-text">{yours}</p>
      <div class="actions">
        <Button onPress={() => go('safety')}>{words.helper.together}</Button>
        <Button kind="quiet" onPress={() => go('talk')}>
          {words.needs.talk}
        </Button>
        <Button kind="quiet" onPress={() => go('guides')}>
          {words.needs.guides}
        </Button>
      </div>
    </Reading>
  );
}

/** Being ready before anything happens. */
export function Prepare() {
  const { words, go } = useVisit();
  const { title, lead, one, two, three, four } = words.prepare;
  return (
    <Reading title={title} lead={lead} points={[one, two, three, four]}>
      <div class="actions">
        <Button onPress={() => go('safety')}>{words.prepare.goOn}</Button>
        <Button kind="quiet" onPress={() => go('guides')}>
          {words.needs.guides}
        </Button>
      </div>
    </Reading>
  );
}

/** What to keep before things change. Notes are only for those whose case may be sealed here. */
export function Evidence() {
  const { words, journey, view, desk, go } = useVisit();
  const { title, lead, one, two, three, four, five, minor } = words.evidence;
  const adult = journey.under18 === 'no';
  const points = adult ? [one, two, three, four, five] : [one, two, three, five];
  return (
    <Reading title={title} lead={lead} points={points}>
      <NoticeBox kind="attention">
        <p>{minor}</p>
      </NoticeBox>
      <div class="actions">
        <Button onPress={() => go('proof')}>{words.evidence.begin}</Button>
      </div>
      {adult && (
        <Field
          label={words.evidence.notes}
          hint={words.status.notesHint}
          rows={6}
          maxLength={4000}
          value={view?.notes ?? ''}
          onInput={(notes) => void desk.session().then((session) => session.setNotes(notes))}
        />
      )}
    </Reading>
  );
}
