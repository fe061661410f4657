/**
 * Choosing the part of a screenshot that holds the picture. The picture itself stays covered: the frame is set on an
 * outline with the picture's shape, by four sliders that keys move, and the picture shows only while the outline is
 * held. What is measured is always the frame as it stands when "use" is pressed.
 * @module
 */

import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { CoveredPicture } from '../../ui/covered-picture.tsx';
import { fill } from '../../ui/language.ts';
import { StepHeader } from '../../ui/step-header.tsx';
import { fitPart, SMALLEST_PART } from '../part.ts';
import type { Part } from '../picks.ts';
import { useHeader, useVisit } from '../visit.ts';

function Slider(props: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <label class="slider">
      <span>{props.label}</span>
      <input
        type="range"
        // A picture's left is left in every script.
        dir="ltr"
        autocomplete="off"
        min={props.min}
        max={props.max}
        step={1}
        value={props.value}
        onInput={(event) => props.onChange(Number(event.currentTarget.value))}
      />
      <output class="tabular">{props.value}</output>
    </label>
  );
}

/** The frame. */
export function Crop() {
  const { words, journey, picks, desk, step } = useVisit();
  const each = picks.list.find(({ id }) => id === journey.picked);
  const made = each?.made;
  const whole: Part = { x: 0, y: 0, width: made?.width ?? 1, height: made?.height ?? 1 };
  const [part, setPart] = useState<Part>(made?.part ?? made?.proposed ?? whole);
  const header = useHeader();
  if (each === undefined || made === undefined) {
    return <StepHeader title={words.protect.none} {...header} />;
  }
  const label = fill(words.protect.label, { n: each.number });
  const change = (some: Partial<Part>) => setPart(fitPart({ ...part, ...some }, made));
  const use = (wanted: Part | undefined) => {
    desk.measure(each.id, wanted, label);
    step({ kind: 'back' });
  };
  return (
    <div class="stack loose">
      <div class="stack">
        <StepHeader title={words.crop.title} lead={words.crop.lead} {...header} />
      </div>
      <svg
        class="crop-outline"
        viewBox={`0 0 ${made.width} ${made.height}`}
        role="img"
        aria-label={words.crop.frame}
      >
        <rect class="all" x={0} y={0} width={made.width} height={made.height} />
        <rect class="part" x={part.x} y={part.y} width={part.width} height={part.height} />
      </svg>
      <div class="stack tight">
        <Slider
          label={words.crop.left}
          value={part.x}
          min={0}
          max={made.width - SMALLEST_PART}
          onChange={(x) => change({ x })}
        />
        <Slider
          label={words.crop.top}
          value={part.y}
          min={0}
          max={made.height - SMALLEST_PART}
          onChange={(y) => change({ y })}
        />
        <Slider
          label={words.crop.width}
          value={part.width}
          min={SMALLEST_PART}
          max={made.width}
          onChange={(width) => change({ width })}
        />
        <Slider
          label={words.crop.height}
          value={part.height}
          min={SMALLEST_PART}
          max={made.height}
          onChange={(height) => change({ height })}
        />
      </div>
      <CoveredPicture
        source={desk.addressOf(each.id) ?? ''}
        label={words.protect.covered}
        hint={words.protect.hold}
        description={words.protect.picture}
      />
      <div class="actions">
        <Button onPress={() => use(part)}>{words.crop.use}</Button>
        <Button kind="quiet" onPress={() => use(undefined)}>
          {words.crop.whole}
        </Button>
      </div>
    </div>
  );
}
