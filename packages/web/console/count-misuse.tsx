/**
 * Counting what was ruled on as manifest misuse of its sender: said by a person each time, and told to nobody before a lead
 * warns. Whose it is stays unseen: the node counts under a keyed hash.
 * @module
 */

import type { MisuseActRequest } from '@reclaim/casework/wire-misuse';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/field.tsx';
import type { Trouble } from './api.ts';
import { TroubleBox } from './asked.tsx';
import { useConsole } from './console-context.ts';

/** The button, and behind it what counting means. */
export function CountMisuse({ jobId, act }: { readonly jobId: string; readonly act: MisuseActRequest }) {
  const { api, say, toast } = useConsole();
  const [step, setStep] = useState<'closed' | 'asking' | 'done'>('closed');
  const [sure, setSure] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  if (step === 'done') return <p class="quiet-text small">{say('misuse.counted')}</p>;
  if (step === 'closed') {
    return (
      <div class="actions">
        <Button kind="plain" onPress={() => setStep('asking')}>
          {say(`misuse.count.${act.misuse}`)}
        </Button>
      </div>
    );
  }
  return (
    <form
      class="stack tight"
      onSubmit={async (event) => {
        event.preventDefault();
        if (!sure) return;
        const answer = await api.countMisuse(jobId, act);
        if (!answer.ok) return setTrouble(answer.trouble);
        setStep('done');
        toast(say('misuse.counted'));
      }}
    >
      <p>{say('misuse.countWords')}</p>
      {trouble !== undefined && <TroubleBox trouble={trouble} />}
      <CheckField
        label={say('misuse.manifest')}
        hint={say('misuse.manifestHint')}
        checked={sure}
        onChange={setSure}
      />
      <div class="actions">
        <Button sends kind="quiet" off={!sure}>
          {say('misuse.countSend')}
        </Button>
        <Button kind="plain" onPress={() => setStep('closed')}>
          {say('cancel')}
        </Button>
      </div>
    </form>
  );
}
