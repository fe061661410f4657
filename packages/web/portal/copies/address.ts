/**
 * Addresses of blobs that a screen shows or offers for saving; each is let go of with the screen.
 * @module
 */

import { useEffect, useState } from 'preact/hooks';

/** The address of a blob while the screen stands; `undefined` without a blob. */
export function useBlobAddress(blob: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (blob === undefined) return setAddress(undefined);
    const url = URL.createObjectURL(blob);
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [blob]);
  return address;
}
