/**
 * The plan to take along: printed, saved as a file, and reminders for a calendar. Each says what it holds before it is made: the
 * first two hold the links, the third holds nothing.
 * @module
 */

import { useMemo, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { printText } from '../../ui/print-text.ts';
import { useVisit } from '../visit.ts';
import { calendarOf, reminderMoments } from './calendar.ts';
import { engineName } from './engine-name.ts';
import { useLinks } from './link-context.ts';
import { deviceZone } from './link-list.ts';
import { planText } from './plan-text.ts';
import { saveText } from './text-panel.tsx';

/** The ways to take it along. */
export function TakeAlong() {
  const { language } = useVisit();
  const { say, planWords, list, minor } = useLinks();
  const groups = list.ok ? list.groups : [];
  const text = () =>
    planText({
      say,
      planWords,
      language,
      groups,
      minor,
      nowMs: Date.now(),
      zone: deviceZone(),
      engineName,
    });
  // Of ten thousand links this takes longer than a press may wait: only for who opens it.
  const [isOpen, setOpen] = useState(false);
  const moments = useMemo(
    () =>
      isOpen
        ? reminderMoments(
            groups.flatMap((each) => each.links),
            Date.now(),
            deviceZone(),
          )
        : [],
    [isOpen, list],
  );
  return (
    <details class="details" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say.plan.take.title}</summary>
      <div class="stack">
        <p class="quiet-text">{say.plan.take.note}</p>
        <div class="actions">
          <Button kind="quiet" onPress={() => printText(text(), language)}>
            {say.plan.take.print}
          </Button>
          <Button kind="quiet" onPress={() => saveText(text())}>
            {say.plan.take.save}
          </Button>
        </div>
        {moments.length > 0 && (
          <>
            <p class="quiet-text">{say.plan.take.remindNote}</p>
            <div class="actions">
              <Button
                kind="quiet"
                onPress={() => {
                  const ids = moments.map(() => crypto.randomUUID());
                  saveText(
                    calendarOf(moments, say.plan.take.remindTitle, Date.now(), ids),
                    'calendar.ics',
                    'text/calendar',
                  );
                }}
              >
                {say.plan.take.remind}
              </Button>
            </div>
          </>
        )}
      </div>
    </details>
  );
}
