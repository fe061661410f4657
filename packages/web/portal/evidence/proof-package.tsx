/**
 * Making a package: of all of it or thing by thing, with or without the pictures, for oneself or to hand over with a tick of
 * one's own. Then the one line to write down, and the file to save. And the key of the case as a file, so that what is sealed
 * to it opens without us.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { CheckField, Field, SelectField } from '../../ui/field.tsx';
import { plural } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { EvidenceWords } from '../../ui/words/evidence/words.ts';
import type { ExportWish } from '../core/evidence-export.ts';
import type { MadePackage } from '../core/evidence-state.ts';
import { useHeader, useTask, useVisit } from '../visit.ts';
import { evidenceTrouble, withWords } from './evidence-words.tsx';
import { itemName } from './proof-list.tsx';

/** The form and its result. */
export const ProofPackage = withWords(Package);

function Package({ say }: { readonly say: EvidenceWords }) {
  const visit = useVisit();
  const { language, desk, journey, evidence, view } = visit;
  const task = useTask();
  const [pictures, setPictures] = useState<ExportWish['pictures']>('left-out');
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [hand, setHand] = useState(false);
  const [to, setTo] = useState('');
  const [consent, setConsent] = useState(false);
  const [made, setMade] = useState<MadePackage>();
  const header = useHeader();
  const items = evidence?.items ?? [];
  const inside = items.filter(({ item }) => !without.has(item.id));
  const hasPictures = inside.some(
    ({ item }) =>
      item.kind !== 'hand-over' && item.files.some(({ mediaType }) => /^(image|video)\//.test(mediaType)),
  );
  // Sealed to the case: only where the case is open is there a key to seal to.
  const kinds: readonly (readonly [ExportWish['pictures'], string])[] = [
    ['left-out', say.package.picturesOut],
    ...(view?.kind === 'open' ? [['sealed', say.package.picturesSealed] as const] : []),
    ['open', say.package.picturesOpen],
  ];
  const make = () =>
    task.run(async () => {
      if (hand && (to.trim() === '' || !consent)) return say.package.needConsent;
      const proofs = await desk.evidence();
      const country = journey.country === 'world' ? undefined : journey.country.toUpperCase();
      const answer = await proofs.exportPackage({
        pictures,
        ...(without.size === 0 ? {} : { items: inside.map(({ item }) => item.id) }),
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
          <>
            <SelectField
              label={say.package.pictures}
              value={pictures}
              options={kinds}
              onChange={setPictures}
            />
            {pictures === 'open' && <p class="quiet-text">{say.package.picturesOpenHint}</p>}
          </>
        )}
        {items.length > 1 && (
          <details class="details">
            <summary>{say.package.choose}</summary>
            {items.map((each) => (
              <CheckField
                key={each.item.id}
                label={[say.kinds[each.item.kind], itemName(each)].filter((name) => name !== '').join(', ')}
                checked={!without.has(each.item.id)}
                onChange={(on) => {
                  const next = new Set(without);
                  if (on) next.delete(each.item.id);
                  else next.add(each.item.id);
                  setWithout(next);
                }}
              />
            ))}
            <p role="status">{plural(language, say.package.chosen, inside.length)}</p>
          </details>
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
        <Button sends busy={task.busy} off={inside.length === 0}>
          {task.busy ? say.package.making : say.package.make}
        </Button>
      </div>
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
      {view?.kind === 'open' && <KeyFile say={say} />}
    </form>
  );
}

/** The key of the case as a file: shown behind two presses, since whoever has it opens everything. */
function KeyFile({ say }: { readonly say: EvidenceWords }) {
  const { desk } = useVisit();
  const task = useTask();
  const [text, setText] = useState<string>();
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (text === undefined) return undefined;
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [text]);
  const fetchKey = () =>
    task.run(async () => {
      const found = await (await desk.evidence()).desk.keyFile();
      setText(found);
      return found === undefined ? say.package.keyNone : undefined;
    });
  return (
    <details class="details">
      <summary>{say.package.keyTitle}</summary>
      <p>{say.package.keyNote}</p>
      <p class="mono" dir="ltr">
        age --decrypt --identity key.txt FILE.age
      </p>
      <div class="actions">
        {address === undefined ? (
          <Button kind="quiet" busy={task.busy} onPress={fetchKey}>
            {say.package.keyMake}
          </Button>
        ) : (
          <a class="button quiet" href={address} download="key.txt">
            {say.package.keySave}
          </a>
        )}
      </div>
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
    </details>
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
