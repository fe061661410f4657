/**
 * The other road, where somebody in the picture may be under 18: words alone, for the lane that is trained for it, and
 * the services that may act on such pictures. There is no way to send a file anywhere in this form.
 * @module
 */

import { Button } from '../../ui/button.tsx';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { useNotice } from '../notice-context.ts';

/** Addresses as `law/directory` has them. */
const HOTLINES = [
  ['takeItDown', 'https://takeitdown.ncmec.org/'],
  ['reportRemove', 'https://www.iwf.org.uk/what-we-do/why-we-exist/report-remove'],
  ['cybertip', 'https://cybertip.ca/'],
  ['inhope', 'https://www.inhope.org/'],
] as const;

/** What happens with it, what not to do, who else can help. */
export function Minor() {
  const { words, frame, go } = useNotice();
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader
          title={words.minor.title}
          lead={words.minor.lead}
          back={{ words: frame.back, onPress: () => go('age') }}
        />
        <p class="not-your-fault">{frame.notFault}</p>
        <p>{words.minor.own}</p>
        <NoticeBox kind="attention">
          <p>{words.minor.copy}</p>
        </NoticeBox>
      </div>
      <div class="actions">
        <Button onPress={() => go('form')}>{words.minor.goOn}</Button>
      </div>
      <div class="stack">
        <h2>{words.minor.hotlines}</h2>
        <ul>
          {HOTLINES.map(([name, address]) => (
            <li key={name}>
              <a href={address} target="_blank" rel="noreferrer noopener">
                {words.minor[name]}
                <span class="visually-hidden"> ({frame.newTab})</span>
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
