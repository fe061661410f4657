/**
 * One thing that was kept: what was said of it, its files by their fingerprint, and its pictures behind a hold. A look at
 * the original asks for what it is, and every look is in the log. From here it is opened to a helper, and erased with a
 * second press.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { CoveredPicture } from '../../ui/covered-picture.tsx';
import { Field } from '../../ui/field.tsx';
import { fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { EvidenceWords } from '../../ui/words/evidence/words.ts';
import type { EvidenceItemView } from '../core/evidence-state.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { evidenceTrouble, withWords } from './evidence-words.tsx';
import { momentWords } from './proof-list.tsx';

/** The item. */
export const ProofLook = withWords(Look);

function Look({ say }: { readonly say: EvidenceWords }) {
  const { evidence, journey, step } = useVisit();
  const header = useHeader();
  const found = evidence?.items.find(({ item }) => item.id === journey.picked);
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader
          title={found === undefined ? say.add.gone : say.kinds[found.item.kind]}
          {...header}
          save={undefined}
        />
      </div>
      {found !== undefined && (
        <>
          <Facts say={say} found={found} />
          <Pictures say={say} found={found} />
          {journey.under18 === 'no' && (
            <div class="actions">
              <Button
                kind="quiet"
                onPress={() => step({ kind: 'go', to: 'proofopen', picked: found.item.id })}
              >
                {say.open.button}
              </Button>
            </div>
          )}
          <Erase say={say} id={found.item.id} />
        </>
      )}
    </div>
  );
}

function Facts({ say, found }: { readonly say: EvidenceWords; readonly found: EvidenceItemView }) {
  const { language } = useVisit();
  const { item, stampedAt } = found;
  const rows: readonly (readonly [string, string | null | undefined])[] =
    item.kind === 'hand-over'
      ? [
          [say.add.link, item.link],
          [say.add.handle, item.handle],
          [say.look.captured, momentWords(language, item.at)],
        ]
      : [
          [say.add.link, item.source?.typed],
          [say.add.handle, item.handle],
          [say.add.shown, item.shownTime?.verbatim],
          [say.look.captured, momentWords(language, item.capture.endedAt)],
          [say.add.notes, item.notes || null],
        ];
  return (
    <section class="card stack tight">
      <dl class="stack tight">
        {rows.map(([name, value]) =>
          value === null || value === undefined ? null : (
            <div key={name}>
              <dt class="quiet-text">{name}</dt>
              <dd class="wrap-anywhere">
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
        )}
      </dl>
      <p>
        {stampedAt === undefined
          ? say.list.stampPending
          : fill(say.list.stampedAt, { when: momentWords(language, stampedAt) })}
      </p>
      {item.kind !== 'hand-over' &&
        item.files.map((file) => (
          <div key={file.sha256}>
            <p class="quiet-text">
              {file.role === 'shielded'
                ? say.look.covered
                : file.role === 'headers'
                  ? say.look.headers
                  : say.look.file}
              {': '}
              <bdi>{file.name}</bdi>
              {', '}
              {fill(say.look.size, { n: file.bytes })}
            </p>
            <p class="mono wrap-anywhere" dir="ltr">
              <span class="visually-hidden">{say.look.sum} </span>
              {file.sha256}
            </p>
          </div>
        ))}
      {!found.here && <p class="quiet-text">{say.list.missing}</p>}
    </section>
  );
}

/** An address of a file for as long as this screen is there. */
function useAddress(blob: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (blob === undefined) return undefined;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}

function Pictures({ say, found }: { readonly say: EvidenceWords; readonly found: EvidenceItemView }) {
  const { desk } = useVisit();
  const [covered, setCovered] = useState<Blob>();
  const [original, setOriginal] = useState<Blob>();
  const [reason, setReason] = useState('');
  const coveredAddress = useAddress(covered);
  const originalAddress = useAddress(original);
  const { item } = found;
  const picture =
    item.kind !== 'hand-over' &&
    item.files.some(({ role, mediaType }) => role === 'original' && mediaType.startsWith('image/'));
  useEffect(() => {
    if (!found.coverable || item.kind === 'hand-over') return;
    const file = item.files.find(({ role }) => role === 'shielded');
    void desk.evidence().then(({ desk: proofs }) => {
      if (file !== undefined) setCovered(proofs.file(file.sha256));
    });
  }, [found.coverable]);
  if (!picture) return null;
  const reveal = async () => {
    const { desk: proofs } = await desk.evidence();
    setOriginal(proofs.look(item.id, 'original', reason.trim()));
  };
  return (
    <section class="stack">
      {coveredAddress !== undefined && (
        <CoveredPicture
          source={coveredAddress}
          label={say.look.covered}
          hint={say.look.coveredHint}
          description={say.look.coveredAlt}
          onReveal={() => void desk.evidence().then(({ desk: proofs }) => proofs.look(item.id, 'shielded'))}
        />
      )}
      {found.here && originalAddress === undefined && (
        <>
          <Field
            label={say.look.reason}
            hint={say.look.reasonHint}
            maxLength={400}
            value={reason}
            onInput={setReason}
          />
          {reason.trim() !== '' && (
            <div class="actions">
              <Button kind="quiet" onPress={() => void reveal()}>
                {say.look.reveal}
              </Button>
            </div>
          )}
        </>
      )}
      {originalAddress !== undefined && (
        <CoveredPicture
          source={originalAddress}
          label={say.look.original}
          hint={say.look.originalHint}
          description={say.look.originalAlt}
        />
      )}
      <p class="quiet-text">{say.look.logged}</p>
    </section>
  );
}

function Erase({ say, id }: { readonly say: EvidenceWords; readonly id: string }) {
  const visit = useVisit();
  const { desk, step } = visit;
  const task = useTask();
  const [sure, setSure] = useState(false);
  const erase = () =>
    task.run(async () => {
      const { desk: proofs } = await desk.evidence();
      const erased = proofs.erase(id);
      if (!erased.ok) return evidenceTrouble(visit, say, erased);
      step({ kind: 'back' });
      return undefined;
    });
  return (
    <section class="stack">
      <hr />
      {!sure ? (
        <div class="actions">
          <Button kind="quiet" onPress={() => setSure(true)}>
            {say.look.erase}
          </Button>
        </div>
      ) : (
        <NoticeBox kind="attention" live title={say.look.eraseSure}>
          <p>{say.look.eraseNote}</p>
          <div class="actions">
            <Button kind="danger" busy={task.busy} onPress={erase}>
              {say.look.eraseYes}
            </Button>
            <Button kind="quiet" onPress={() => setSure(false)}>
              {say.look.eraseNo}
            </Button>
          </div>
        </NoticeBox>
      )}
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
    </section>
  );
}
