/**
 * Where a notice goes: the address as it was seen and by whom, what is asked for there, who sees the person's name before any is
 * typed, what can go wrong; and the other ways, copyright last with its warning.
 * @module
 */

import { ALL_SITE_STEPS } from '@reclaim/law/channel/unknown-site';
import type { LinkPlan, Way } from '@reclaim/law/plan/link-plan';
import { Button } from '../../ui/button.tsx';
import { dayWords, fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { Outside } from '../service-list.tsx';
import { useVisit } from '../visit.ts';
import { useLinks } from './link-context.ts';

/** Steps that are about finding the own way of an unlisted site; the rest is done elsewhere on these screens. */
const OWN_ROUTE = new Set(['risk', 'own-route', 'agent-directory', 'domain', 'network', 'host']);

/** The way's mail address, if it has one. */
export function mailOf(way: Way): string | undefined {
  return way.channel?.addresses.find((each) => each.includes('@'));
}

/** What a way is called: its address, or that it is in the app, or the place's own. */
export function useWayName(): (way: Way) => string {
  const { say } = useLinks();
  return ({ channel }) => {
    if (channel === null) return say.ask.whereOwn;
    return channel.addresses[0] ?? say.ask.appOnly;
  };
}

/** The chosen way, and the others to choose from. */
export function WayPanel(props: {
  readonly plan: LinkPlan;
  readonly ways: readonly Way[];
  readonly chosen: number;
  readonly onChoose: (at: number) => void;
}) {
  const { language } = useVisit();
  const { say, planWords, minor } = useLinks();
  const { plan, ways, chosen, onChoose } = props;
  const name = useWayName();
  const way = ways[chosen] ?? ways[0];
  if (way === undefined) return null;
  const { channel } = way;
  const steps = new Set(plan.steps.map((each) => each.id));
  return (
    <div class="stack">
      {way.warning === 'copyright' && (
        <NoticeBox kind="danger" live>
          <p>{say.ask.copyright}</p>
        </NoticeBox>
      )}
      {way.warning === 'name-is-told' && (
        <NoticeBox kind="attention">
          <p>{say.ask.nameTold}</p>
        </NoticeBox>
      )}
      {channel === null ? (
        <>
          <h3>{say.ask.whereOwn}</h3>
          {minor ? (
            <p>{say.ask.minorForms}</p>
          ) : (
            <>
              <p>{say.ask.whereOwnNote}</p>
              <ol>
                {ALL_SITE_STEPS.filter((each) => OWN_ROUTE.has(each.id) && steps.has(each.id)).map((each) => (
                  <li key={each.id}>{planWords.steps[each.id]}</li>
                ))}
              </ol>
            </>
          )}
        </>
      ) : (
        <>
          <ul class="plain stack tight">
            {channel.addresses
              .filter((each) => !each.includes('@'))
              .map((address) => (
                <li key={address}>
                  <Outside href={`https://${address}`}>{fill(say.ask.open, { name: address })}</Outside>
                </li>
              ))}
            {channel.addresses.length === 0 && <li>{say.ask.appOnly}</li>}
          </ul>
          {channel.path !== '' && (
            <p>
              {say.ask.asSeen}: <bdi lang="en">{channel.path}</bdi>
            </p>
          )}
          {channel.choose !== '' && (
            <p>
              <bdi>{fill(say.ask.choose, { what: channel.choose })}</bdi>
            </p>
          )}
          <p class="quiet-text">
            {say.ask.account[channel.account]} {say.ask.representative[channel.representative]}
          </p>
          {way.unconfirmed && (
            <p class="quiet-text">
              {fill(say.ask.candidate, {
                day: dayWords(language, channel.lastChecked),
                source: say.ask.sources[channel.confidence],
              })}
            </p>
          )}
        </>
      )}
      <p>
        <strong>{say.ask.nameSeen}:</strong>{' '}
        {(channel?.nameSeenBy ?? ['unknown' as const]).map((each) => say.ask.seen[each]).join('; ')}.
      </p>
      {way.traps.length > 0 && (
        <details class="details">
          <summary>{say.ask.traps}</summary>
          <ul>
            {way.traps.map((trap) => (
              <li key={trap.id}>{planWords.traps[trap.id]}</li>
            ))}
          </ul>
        </details>
      )}
      {ways.length > 1 && (
        <details class="details">
          <summary>{say.ask.others}</summary>
          <ul class="plain stack tight">
            {ways.map((each, at) =>
              at === chosen ? null : (
                <li key={each.channel?.id ?? 'own'} class="row between">
                  <bdi class="address">{name(each)}</bdi>
                  <Button
                    kind="quiet"
                    label={`${say.ask.useThis}: ${name(each)}`}
                    onPress={() => onChoose(at)}
                  >
                    {say.ask.useThis}
                  </Button>
                </li>
              ),
            )}
          </ul>
        </details>
      )}
    </div>
  );
}
