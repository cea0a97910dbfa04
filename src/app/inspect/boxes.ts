// Reads boxes from a picture's `objects` as Hugging Face and opsml write them. Pure.

export interface Box {
  /** Pixels of the picture, from its upper left corner. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** '' where the file names none. */
  name: string;
}

/**
 * The boxes of `{ bbox: [[x, y, width, height], …], categories: […] }` (Hugging Face: imagefolder, object detection; `category` is read
 * too). What is no box is passed over.
 */
export function boxesOf(objects: unknown): Box[] {
  if (typeof objects !== 'object' || objects === null) return [];
  const { bbox, categories, category } = objects as Record<string, unknown>;
  const names: unknown[] = Array.isArray(categories) ? categories : Array.isArray(category) ? category : [];
  if (!Array.isArray(bbox)) return [];
  return bbox.flatMap((numbers: unknown, i): Box[] => {
    if (!Array.isArray(numbers) || numbers.length !== 4 || !numbers.every((n) => typeof n === 'number')) return [];
    const [x = 0, y = 0, width = 0, height = 0] = numbers as number[];
    return width > 0 && height > 0
      ? [{ x, y, width, height, name: names[i] === undefined ? '' : String(names[i]) }]
      : [];
  });
}
