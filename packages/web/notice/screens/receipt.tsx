/**
 * The receipt: the number, the code, what is lacking, which hours run. It is the acknowledgement, and the only showing of
 * the code.
 * @module
 */

import { receiptDigits, receiptWords } from '@reclaim/vault/receipt-code';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { NoticeBox } from '../../ui/notice-box.tsx';
import { ReceiptCode } from '../../ui/receipt-code.tsx';
import { StepHeader } from '../../ui/step-header.tsx';
import { ClockList } from '../clock-list.tsx';
import { LacksPanel } from '../lacks-panel.tsx';
import { troubleWords, useNotice, useWork } from '../notice-context.ts';

/** Your notice arrived. */
export function ReceiptScreen() {
  const visit = useNotice();
  const { words, language, receipt, code, api, setStatus, go } = visit;
  const [digits, setDigits] = useState(language === 'ar');
  const work = useWork();
  if (receipt === undefined || code === undefined) return null;
  const open = (to: 'status' | 'add') =>
    work.run(async () => {
      const { noticeKey } = await import('@reclaim/vault/notice-code');
      const said = await api.status(await noticeKey(code));
      if (!said.ok) return troubleWords(visit, said);
      setStatus(said.value);
      go(to);
      return undefined;
    });
  const asking = receipt.regimes.filter(({ lacking, wanting }) => lacking.length + wanting.length > 0);
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.receipt.title} />
        <p>
          {words.receipt.number}
          <br />
          <strong class="notice-number mono" dir="ltr">
            {receipt.number}
          </strong>
        </p>
        <p class="quiet-text">{words.receipt.numberNote}</p>
      </div>
      <ReceiptCode
        groups={digits ? receiptDigits(code) : receiptWords(code)}
        words={{ ...words.receipt, label: digits ? words.receipt.digits : words.receipt.code }}
      />
      <p>{words.receipt.codeNote}</p>
      <div class="actions">
        <Button busy={work.busy} onPress={() => open('status')}>
          {words.receipt.see}
        </Button>
        <Button kind="plain" onPress={() => setDigits(!digits)}>
          {digits ? words.receipt.showWords : words.receipt.showDigits}
        </Button>
      </div>
      {work.trouble !== undefined && (
        <NoticeBox kind="attention" live>
          <p>{work.trouble}</p>
        </NoticeBox>
      )}
      <section class="stack" aria-labelledby="next">
        <h2 id="next">{words.receipt.next}</h2>
        <p>{words.receipt.person}</p>
        <p>{words.receipt.mail}</p>
      </section>
      <ClockList clocks={receipt.clocks} />
      {asking.length > 0 && (
        <>
          <LacksPanel regimes={asking} title={words.receipt.lacking} counted={false} />
          <div class="actions">
            <Button kind="quiet" onPress={() => open('add')}>
              {words.receipt.add}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
