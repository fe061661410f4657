/**
 * What a person opened to the helper: texts, covered copies, and originals, which two people open. Nothing is shown before
 * the look is written into the thread, and then only while it is held; it is gone with the screen.
 * @module
 */

import type { WireHelper, WireThread } from '@reclaim/casework/wire-thread';
import type { SharedPlace } from '@reclaim/vault/messages/two-person';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { CoveredPicture } from '../ui/covered-picture.tsx';
import { Field } from '../ui/field.tsx';
import { dayWords } from '../ui/language.ts';
import { sayTrouble, useConsole } from './console-context.ts';
import type { HelperClient } from './helper-client.ts';
import type { HelperThread, ShownItem } from './helper-desk.ts';

/** Writes a look into the thread; answers the thread as it is then, or nothing where it was not written. */
export type WriteLook = (
  look: { readonly grant: string; readonly item: string; readonly part: 'shielded' | 'original' },
  reason: string,
) => Promise<WireThread | undefined>;

type Shared = {
  readonly thread: string;
  readonly desk: HelperClient;
  readonly colleagues: readonly WireHelper[];
  readonly busy: boolean;
  readonly act: (work: () => Promise<string | undefined>) => void;
  readonly look: WriteLook;
  readonly refresh: () => Promise<unknown>;
};

/** Everything that is open now. */
export function InboxShares(props: Shared & { readonly shares: HelperThread['shares'] }) {
  const { say, language } = useConsole();
  return (
    <>
      {props.shares
        .filter(({ items }) => items.length > 0)
        .map(({ share, until, items }) => (
          <section key={share} class="card stack">
            <h3>{say('inbox.openUntil', { day: dayWords(language, until) })}</h3>
            {items.map((item) => (
              <div key={item.id} class="stack tight">
                <p class="legend" dir="auto">
                  {item.title}
                </p>
                {item.text !== '' && (
                  <p class="said" dir="auto">
                    {item.text}
                  </p>
                )}
                {item.file !== undefined && (
                  <SharedFileRow {...props} share={share} item={item} file={item.file} />
                )}
              </div>
            ))}
          </section>
        ))}
    </>
  );
}

function SharedFileRow(
  props: Shared & {
    readonly share: string;
    readonly item: ShownItem;
    readonly file: NonNullable<ShownItem['file']>;
  },
) {
  const { api, say, me } = useConsole();
  const { thread, desk, share, item, file, busy, act, colleagues } = props;
  const [reason, setReason] = useState('');
  const [content, setContent] = useState<Blob>();
  const place: SharedPlace = { thread, share, file: file.name };
  const original = file.part === 'original';
  const second = colleagues.find(({ id }) => id === file.second);
  const name = second?.name ?? say('inbox.colleague');
  if (!file.whole) return <p class="quiet-text">{say('inbox.arriving')}</p>;
  if (original && !me.permissions.includes('originals')) return <p>{say('inbox.noOriginals')}</p>;
  if (content !== undefined) return <Opened content={content} file={file} />;

  const open = () =>
    act(async () => {
      // The look stands in the thread, signed, before a piece is asked for: who looked cannot be left out afterwards.
      const wire = await props.look({ grant: share, item: item.id, part: file.part }, reason.trim());
      if (wire === undefined) return undefined;
      const pieces: string[] = [];
      for (let piece = 0; piece < file.pieces; piece++) {
        const answer = await api.helperPiece(place, piece);
        if (!answer.ok) return sayTrouble(say, answer.trouble);
        pieces.push(answer.value.sealed);
      }
      const bytes = await desk.openFile(wire, place, pieces);
      if (bytes === undefined) return say('inbox.notThatFile');
      setContent(new Blob([bytes], { type: file.mediaType }));
      return undefined;
    });
  const ask = () =>
    act(async () => {
      if (second === undefined) return say('inbox.noSecond');
      const answer = await api.askOriginal(place, await desk.askOriginal(place, reason.trim(), second));
      if (!answer.ok) return sayTrouble(say, answer.trouble);
      setReason('');
      await props.refresh();
      return undefined;
    });

  if (!original)
    return (
      <div class="actions">
        <Button kind="quiet" busy={busy} onPress={open}>
          {say(file.mediaType.startsWith('image/') ? 'inbox.lookCovered' : 'inbox.openFile')}
        </Button>
      </div>
    );
  return (
    <>
      <p>
        {file.state === 'asked'
          ? say('inbox.original.asked', { name })
          : file.state === 'agreed'
            ? say('inbox.original.agreed', { name })
            : file.state === 'refused'
              ? say('inbox.original.refused', { name })
              : say('inbox.original.sealed', { name })}
      </p>
      {file.state !== 'asked' && (
        <>
          <Field
            label={say('inbox.original.reason')}
            hint={say('inbox.original.reasonHint')}
            maxLength={200}
            value={reason}
            onInput={setReason}
          />
          <div class="actions">
            <Button
              kind="quiet"
              busy={busy}
              off={reason.trim() === ''}
              onPress={file.state === 'agreed' ? open : ask}
            >
              {file.state === 'agreed' ? say('inbox.original.look') : say('inbox.original.ask', { name })}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

/** A file that was opened: a picture behind a hold, and anything to be saved under a name that says nothing. */
function Opened(props: { readonly content: Blob; readonly file: NonNullable<ShownItem['file']> }) {
  const { say } = useConsole();
  const { content, file } = props;
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(content);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  if (address === undefined) return null;
  const kind = file.mediaType.split('/')[1]?.replace(/[^a-z0-9]/g, '') ?? '';
  return (
    <div class="stack tight">
      {file.mediaType.startsWith('image/') && (
        <CoveredPicture
          source={address}
          label={say(file.part === 'original' ? 'inbox.original.title' : 'inbox.covered')}
          hint={say('inbox.hold')}
          description={say(file.part === 'original' ? 'inbox.original.title' : 'inbox.covered')}
        />
      )}
      <p class="quiet-text">{say('inbox.looked')}</p>
      <div class="actions">
        <a
          class="button quiet"
          href={address}
          download={`item-${file.sha256.slice(0, 8)}.${kind.slice(0, 5)}`}
        >
          {say('inbox.save')}
        </a>
      </div>
    </div>
  );
}
