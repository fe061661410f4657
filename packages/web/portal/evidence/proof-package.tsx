/**
 * Making a package: with or without the pictures, for oneself or to hand over with a tick of one's own. Then the one line
 * to write down, and the file to save.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { CheckField, Field } from '../../ui/field.tsx';
import { plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { EvidenceWords } from '../../ui/words/evidence/words.ts';
import type { MadePackage } from '../core/evidence-state.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { evidenceTrouble, withWords } from './evidence-words.tsx';

/** The form and its result. */
export const ProofPackage = withWords(Package);

function Package({ say }: { readonly say: EvidenceWords }) {
  const visit = useVisit();
  const { language, desk, journey, evidence } = visit;
  const task = useTask();
  const [pictures, setPictures] = useState(false);
  const [hand, setHand] = useState(false);
  const [to, setTo] = useState('');
  const [consent, setConsent] = useState(false);
  const [made, setMade] = useState<MadePackage>();
  const header = useHeader();
  const hasPictures = (evidence?.items ?? []).some(
    ({ item }) =>
      item.kind !== 'hand-over' && item.files.some(({ mediaType }) => mediaType.startsWith('image/')),
  );
  const make = () =>
    task.run(async () => {
      if (hand && (to.trim() === '' || !consent)) return say.package.needConsent;
      const proofs = await desk.evidence();
      const country = journey.country === 'world' ? undefined : journey.country.toUpperCase();
      const answer = await proofs.exportPackage({
        pictures,
        ...(hand ? { to: to.trim().toWellFormed() } : {}),
        language,
        country,
      });
      if (!answer.ok)
        return answer.reason === 'offline' ? say.package.offline : evidenceTrouble(visit, say, answer);
      setMade(answer);
      const kept = await proofs.desk.keep();
      return kept.ok ? undefined : evidenceTrouble(visit, say, kept);
    });
  if (made !== undefined) return <Result say={say} made={made} trouble={task.trouble} />;
  return (
    <form
      class="stack loose"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <div class="stack">
        <StepHeader title={say.package.title} lead={say.package.lead} {...header} save={undefined} />
        {hasPictures && (
          <CheckField
            label={say.package.pictures}
            hint={say.package.picturesHint}
            checked={pictures}
            onChange={setPictures}
          />
        )}
        <CheckField label={say.package.hand} checked={hand} onChange={setHand} />
        {hand && (
          <>
            <Field
              label={say.package.to}
              hint={say.package.toHint}
              maxLength={200}
              value={to}
              onInput={setTo}
            />
            <CheckField label={say.package.consent} checked={consent} onChange={setConsent} />
          </>
        )}
      </div>
      <div class="actions">
        <Button sends busy={task.busy}>
          {task.busy ? say.package.making : say.package.make}
        </Button>
      </div>
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
    </form>
  );
}

function Result(props: {
  readonly say: EvidenceWords;
  readonly made: MadePackage;
  readonly trouble: string | undefined;
}) {
  const { say, made } = props;
  const { language } = useVisit();
  const [address, setAddress] = useState<string>();
  const header = useHeader();
  useEffect(() => {
    const url = URL.createObjectURL(made.blob);
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [made]);
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={say.package.done} {...header} save={undefined} focus />
        <p>{say.package.inside}</p>
        <p>{made.stamped ? say.package.stamped : say.package.notStamped}</p>
        {made.leftOut > 0 && <p>{plural(language, say.package.leftOut, made.leftOut)}</p>}
        <div class="card stack tight">
          <p>{say.package.digest}</p>
          <p class="mono wrap-anywhere" dir="ltr">
            {made.digest.match(/.{1,8}/g)?.join(' ')}
          </p>
        </div>
        <p class="quiet-text">{say.package.name}</p>
      </div>
      <div class="actions">
        {address !== undefined && (
          <a class="button" href={address} download={made.name}>
            {say.package.save}
          </a>
        )}
      </div>
      {props.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{props.trouble}</p>
        </NoticeBox>
      )}
    </div>
  );
}
