/**
 * The screens of links, whose part (with the law in it) is fetched when one of them is first shown: the first page stays light.
 * @module
 */

import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { useVisit } from '../visit.ts';

type Part = typeof import('../links/part.tsx');
let arriving: Promise<Part> | undefined;

function fetchPart(): Promise<Part> {
  arriving ??= import('../links/part.tsx').catch((error: unknown) => {
    // The next press tries again.
    arriving = undefined;
    throw error;
  });
  return arriving;
}

function Later({ screen }: { readonly screen: Parameters<Part['LinksScreen']>[0]['screen'] }) {
  const { words } = useVisit();
  const [part, setPart] = useState<Part>();
  const [missing, setMissing] = useState(false);
  const load = () => {
    setMissing(false);
    fetchPart().then(setPart, () => setMissing(true));
  };
  useEffect(load, []);
  if (part !== undefined) return <part.LinksScreen screen={screen} />;
  if (!missing) return <p role="status">{words.frame.loading}</p>;
  return (
    <NoticeBox kind="attention" live>
      <p>{words.frame.offline}</p>
      <Button kind="quiet" onPress={load}>
        {words.frame.goOn}
      </Button>
    </NoticeBox>
  );
}

/** Paste links. */
export const Links: FunctionComponent = () => <Later screen="links" />;

/** The plan for them. */
export const LinkPlan: FunctionComponent = () => <Later screen="plan" />;

/** One notice. */
export const LinkNotice: FunctionComponent = () => <Later screen="notice" />;

/** One link that is followed. */
export const LinkOne: FunctionComponent = () => <Later screen="link" />;

/** How the links of the case stand, for its screen. */
export const LinkSummary: FunctionComponent = () => <Later screen="summary" />;
