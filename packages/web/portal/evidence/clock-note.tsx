/**
 * Said before anything is captured: that the clock of the device is far from the service's, what that means and that nothing
 * is lost by it. Nothing where the clocks agree, or where no answer has told yet.
 * @module
 */

import { useEffect } from 'preact/hooks';
import { fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import type { EvidenceWords } from '../../ui/words/evidence/words.ts';
import { useVisit } from '../visit.ts';
import { clockDistance } from './clock-distance.ts';

/** The note. */
export function ClockNote({ say }: { readonly say: EvidenceWords['clock'] }) {
  const { desk, evidence, language } = useVisit();
  useEffect(() => {
    // Without the network there is nothing to compare with; the item says "not known" then.
    void desk
      .evidence()
      .then(({ desk: proofs }) => proofs.compareClocks())
      .catch(() => undefined);
  }, []);
  const distance = clockDistance(evidence?.clockOffsetMs);
  if (distance === undefined) return null;
  const { unit, count, way } = distance;
  const time = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  return (
    <NoticeBox kind="attention" title={fill(say[way], { time })} live>
      <p>{say.note}</p>
      <p>{say.todo}</p>
    </NoticeBox>
  );
}
