/**
 * Organisations to turn to, with where that was read and when. Links open in a new tab, so that nothing here is lost,
 * and tell no referrer.
 * @module
 */

import { dayWords, fill, type Language, leftToRight, plural } from '../ui/language.ts';
import { type Hours, type Service, servicesFor } from './directory.ts';
import { useVisit } from './visit.ts';

/** Opening hours in words of a language, by the organisation's own clock. */
function hoursWords(hours: Hours, language: Language, always: string): string {
  if (hours === 'always') return always;
  // The first of June 2026 was a Monday.
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const day = (number: number) => weekday.format(Date.UTC(2026, 5, number));
  return hours
    .map(
      ([from, to, open, close]) => `${from === to ? day(from) : `${day(from)}–${day(to)}`} ${open}–${close}`,
    )
    .join(', ');
}

/** A link to somewhere else. */
export function Outside({ href, children }: { readonly href: string; readonly children: string }) {
  const { words } = useVisit();
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
      <span class="visually-hidden"> ({words.frame.newTab})</span>
    </a>
  );
}

function ServiceRow({ service }: { readonly service: Service }) {
  const { words, language } = useVisit();
  return (
    <li class="card stack tight">
      <h3>
        <bdi>{service.name}</bdi>
      </h3>
      <p>
        {words.talk.does[service.does]}, {words.talk.serves[service.serves]}
        {service.country === 'world' && ` · ${words.talk.world}`}
      </p>
      {service.hours !== undefined && (
        <p>
          {words.talk.hours}: {hoursWords(service.hours, language, words.talk.always)}
        </p>
      )}
      <div class="actions">
        {service.phone !== undefined && (
          <a class="button quiet" href={`tel:${service.phone.replace(/[^\d+]/g, '')}`}>
            <bdi>{fill(words.talk.call, { phone: leftToRight(language, service.phone) })}</bdi>
          </a>
        )}
        {service.text !== undefined && (
          <bdi>{fill(words.talk.text, { text: leftToRight(language, service.text) })}</bdi>
        )}
        {service.mail !== undefined && (
          <a href={`mailto:${service.mail}`}>
            <bdi>{fill(words.talk.mail, { mail: service.mail })}</bdi>
          </a>
        )}
        {service.url !== undefined && <Outside href={service.url}>{words.talk.visit}</Outside>}
      </div>
      <p class="small quiet-text">
        {fill(words.talk.source, { source: service.source, day: dayWords(language, service.noted) })}
      </p>
    </li>
  );
}

/** The rows for the chosen country, its own first; `most` cuts the list. */
export function ServiceList(props: {
  readonly fits?: (service: Service) => boolean;
  readonly most?: number;
  /** Rows shown after these, whatever the country. */
  readonly also?: readonly Service[];
}) {
  const { words, language, journey, now } = useVisit();
  const { shown, old } = servicesFor(journey.country, now, props.fits);
  const own = shown.some((each) => each.country !== 'world');
  return (
    <div class="stack">
      {!own && journey.country !== 'world' && <p class="quiet-text">{words.start.noHuman}</p>}
      <ul class="plain stack">
        {shown.slice(0, props.most).map((service) => (
          <ServiceRow key={service.id} service={service} />
        ))}
        {props.also?.map((service) => (
          <ServiceRow key={service.id} service={service} />
        ))}
      </ul>
      {old > 0 && <p class="quiet-text">{plural(language, words.talk.old, old)}</p>}
    </div>
  );
}
