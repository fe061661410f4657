/**
 * Whether what a canvas is read as is what was drawn into it.
 *
 * Tor Browser, Firefox with `privacy.resistFingerprinting` and browsers like them answer a page that reads a canvas with
 * noise (measured in Firefox 153: random bytes, in a worker too), unless the person allowed that page to read image data.
 * The noise looks like a rich picture: its fingerprint would have the best quality, and would protect nothing. So a pattern that is
 * known is drawn beside everything that is read, and read with it: where it comes back as something else, so did the
 * picture. Browsers that move samples by one or two (Brave, Safari's private windows) are let pass: a test shows that a
 * fingerprint hardly feels it.
 * @module
 */

/** Rows of the pattern. */
export const PROOF_ROWS = 4;

/** How far a sample of the pattern may be off, of 255: the noise of the browsers that only blur their own trail. */
export const MOST_OFF = 3;

/** Samples of the pattern, RGBA, opaque: no two neighbours alike, since some browsers leave even areas as they are. */
export function proofSamples(width: number): Uint8ClampedArray<ArrayBuffer> {
  const samples = new Uint8ClampedArray(width * PROOF_ROWS * 4);
  for (let at = 0; at < width * PROOF_ROWS; at++)
    samples.set([(37 + at * 73) % 256, (151 + at * 29) % 256, (89 + at * 151) % 256, 255], 4 * at);
  return samples;
}

/** Whether `read`, RGBA samples of the pattern's rows, is the pattern, give or take `MOST_OFF`. */
export function isProofTrue(read: ArrayLike<number>, width: number): boolean {
  const drawn = proofSamples(width);
  if (read.length !== drawn.length) return false;
  for (let at = 0; at < drawn.length; at++) if (Math.abs(read[at]! - drawn[at]!) > MOST_OFF) return false;
  return true;
}

/** What both kinds of canvas have of what is needed here. */
type Drawing = Pick<CanvasRenderingContext2D, 'createImageData' | 'putImageData' | 'getImageData'>;

/** Draws the pattern over the whole width, from row `top`. */
export function drawProof(context: Drawing, width: number, top: number): void {
  const image = context.createImageData(width, PROOF_ROWS);
  image.data.set(proofSamples(width));
  context.putImageData(image, 0, top);
}

/** Whether canvases of this worker are read, and so written to files, as they were drawn. */
export function canvasIsTrue(): boolean {
  const width = 64;
  const context = new OffscreenCanvas(width, PROOF_ROWS).getContext('2d', { willReadFrequently: true });
  return context !== null && isTrue(context, width);
}

/**
 * The same of the page. Called while a press is handled, it is also how a browser is moved to ask the person: such
 * browsers ask only for a canvas of the page, and what is allowed there holds for the workers too.
 */
export function askToReadCanvas(page: Document): boolean {
  const width = 64;
  const canvas = page.createElement('canvas');
  canvas.width = width;
  canvas.height = PROOF_ROWS;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return context !== null && isTrue(context, width);
}

function isTrue(context: Drawing, width: number): boolean {
  drawProof(context, width, 0);
  return isProofTrue(context.getImageData(0, 0, width, PROOF_ROWS).data, width);
}
