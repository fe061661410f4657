/**
 * It is done: what was taken and what was not, what happens next and who does it.
 * @module
 */

import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { useHeader, useVisit } from '../visit.ts';

/** The receipt after sending. */
export function Kept() {
  const { words, language, last, go } = useVisit();
  const signals = last?.kind === 'sent' ? last.signals : [];
  const perceptual = signals.filter((each) => each.kind === 'pdq');
  const of = (...results: readonly string[]) =>
    perceptual.filter((each) => results.includes(each.result)).length;
  const banked = of('banked', 'sent-before');
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader
          title={words.kept.title}
          lead={banked > 0 ? words.kept.lead : undefined}
          {...useHeader()}
        />
        <NoticeBox kind="good">
          <p>{banked > 0 ? plural(language, words.kept.banked, banked) : words.kept.saved}</p>
        </NoticeBox>
        {of('low-quality') > 0 && (
          <NoticeBox kind="attention">
            <p>{words.kept.lowQuality}</p>
          </NoticeBox>
        )}
        {of('unbalanced') > 0 && (
          <NoticeBox kind="attention">
            <p>{words.kept.unbalanced}</p>
          </NoticeBox>
        )}
        <p class="not-your-fault">{words.frame.notFault}</p>
      </div>
      {banked > 0 && (
        <div class="stack">
          <h2>{words.kept.nextTitle}</h2>
          <p>{words.kept.next}</p>
          <p>{words.kept.look}</p>
          <h2>{words.leaves.notTitle}</h2>
          <p>{words.leaves.not}</p>
        </div>
      )}
      <div class="actions">
        <Button onPress={() => go('status')}>{words.kept.status}</Button>
        <Button kind="quiet" onPress={() => go('needs')}>
          {words.kept.also}
        </Button>
      </div>
    </div>
  );
}
