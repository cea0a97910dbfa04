// Scales a size down so that its longer side fits.

/** Size in pixels of a picture reduced so that its longer side is at most `size`, aspect kept, at least 1 × 1; never enlarged. */
export function fitWithin(width: number, height: number, size: number): { width: number; height: number } {
  const scale = size / Math.max(width, height);
  if (scale >= 1) return { width, height };
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
