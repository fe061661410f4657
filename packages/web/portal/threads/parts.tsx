/**
 * The three parts, one after another and nowhere else. The third is for a helpline: on paper, or given to the helpline of
 * this service, sealed to its helpers by name.
 * @module
 */

import type { WireHelper } from '@reclaim/casework/wire-thread';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { fill } from '../../ui/language.ts';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { ReceiptCode } from '../../ui/receipt-code.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import type { ShownShare } from '../core/vault-desk-threads.ts';
import { troubleWords } from '../trouble.ts';
import { useTask, useVisit } from '../visit.ts';
import { KeyWords } from './key-words.tsx';
import { useThreadWords } from './thread-words.ts';
import { askedWhenFree } from './when-free.ts';

const PARTS = ['own', 'friend', 'line'] as const;

/** The parts of one set. */
export function Parts(props: { readonly shares: readonly ShownShare[]; readonly onDone: () => void }) {
  const { shares, onDone } = props;
  const say = useThreadWords().recovery;
  const [at, setAt] = useState(0);
  const [digits, setDigits] = useState(false);
  const share = shares[at];
  const name = PARTS[at];
  if (share === undefined || name === undefined) return null;
  const last = at === shares.length - 1;
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader
          key={name}
          title={say.part[name]}
          lead={say.partNote[name]}
          back={undefined}
          save={undefined}
          focus
        />
        {last && <GivePart shares={shares} onDone={onDone} />}
        <NoticeBox kind="info" title={say.once} />
      </div>
      <ReceiptCode
        groups={digits ? share.digits : share.words}
        words={{ ...say, label: digits ? say.digits : say.words }}
      />
      <div class="actions">
        <Button
          onPress={() => {
            if (last) return onDone();
            setAt(at + 1);
            setDigits(false);
          }}
        >
          {last ? say.finish : say.next}
        </Button>
        <Button kind="plain" onPress={() => setDigits(!digits)}>
          {digits ? say.showWords : say.showDigits}
        </Button>
      </div>
    </div>
  );
}

/** Gives the third part to this service's helpline; nothing where it takes none. */
function GivePart({
  shares,
  onDone,
}: {
  readonly shares: readonly ShownShare[];
  readonly onDone: () => void;
}) {
  const visit = useVisit();
  const say = useThreadWords().recovery.line;
  const task = useTask();
  const [helpers, setHelpers] = useState<readonly WireHelper[]>([]);
  useEffect(() => {
    // Where nobody can be asked, the part is still for paper.
    void visit.desk
      .session()
      .then((session) => askedWhenFree(session, (free) => free.askPartHelpers()))
      .then((answer) => answer.ok && setHelpers(answer.helpers))
      .catch(() => undefined);
  }, []);
  if (helpers.length === 0) return null;
  const give = () =>
    task.run(async () => {
      const given = await (await visit.desk.session()).giveLinePart(shares, helpers);
      if (!given.ok) return troubleWords(visit, given);
      onDone();
      return undefined;
    });
  return (
    <section class="card stack">
      <h2>{say.title}</h2>
      <p>{say.note}</p>
      <p>{fill(say.who, { names: helpers.map(({ name }) => name).join(', ') })}</p>
      {helpers.map((helper) => (
        <KeyWords key={helper.id} helper={helper} />
      ))}
      <p>{say.limit}</p>
      {task.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{task.trouble}</p>
        </NoticeBox>
      )}
      <div class="actions">
        <Button kind="quiet" busy={task.busy} onPress={give}>
          {task.busy ? say.giving : say.give}
        </Button>
      </div>
      <p>{say.orPaper}</p>
    </section>
  );
}
