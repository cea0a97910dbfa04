// What a reader has to say of a file, once for each thing: kept apart from the sentences so that it can be counted.

/** `about` is a stable word; `place` is the set, or set and dataset, that it is about. */
export interface Remark {
  place: string;
  about: string;
  /** One sentence for people. */
  text: string;
}

/** A list that reading adds to. */
export type Remarks = Remark[];
