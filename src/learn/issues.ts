// Which labels the probe doubts, and in which order a person should look at them.

/** Stored columns of held-out predictions; arrays have one entry a row. Class numbers of `labels` and `predicted` are of one kind. */
export interface IssueColumns {
  /** −1: no label. */
  labels: Int32Array;
  predicted: Int32Array;
  confidence: Float32Array;
  entropy: Float32Array;
  /** Held-out probability of the label; NaN where there is none. */
  labelConfidence: Float32Array;
  /** Number of classes the probe chose from. */
  classes: number;
}

export type IssueOrder = 'confidence' | 'margin' | 'entropy';

/**
 * Rows whose label is likely wrong, most doubtful first, and their scores in [0, 1].
 *
 * A row is an issue when another class is predicted with at least the confidence that this class's own samples have on average: the
 * off-diagonal of the confident joint (Northcutt, Jiang & Chuang, "Confident learning", 2021, section 3.1), so that a class the probe is never sure of
 * needs less to be doubted than one it always recognises. Orders: 'confidence' is 1 − p(label); 'margin' is (1 − (p(label) −
 * p(predicted))) / 2; 'entropy' is 1 − H / log(classes), the probe's certainty that it is something else. Ties keep the rows' order.
 */
export function rankLabelIssues(
  columns: IssueColumns,
  by: IssueOrder,
  limit = Number.POSITIVE_INFINITY,
): { rows: Uint32Array; scores: Float32Array } {
  const { labels, predicted, confidence, labelConfidence } = columns;
  const usual = usualConfidence(labels, labelConfidence);
  const found: { row: number; score: number }[] = [];
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] ?? -1;
    const guess = predicted[row] ?? -1;
    if (label < 0 || guess < 0 || guess === label || Number.isNaN(labelConfidence[row] ?? Number.NaN)) continue;
    if ((confidence[row] ?? 0) < (usual.get(guess) ?? 0)) continue;
    found.push({ row, score: doubt(columns, row, by) });
  }
  found.sort((a, b) => b.score - a.score || a.row - b.row);
  const kept = found.slice(0, limit);
  return { rows: Uint32Array.from(kept, (f) => f.row), scores: Float32Array.from(kept, (f) => f.score) };
}

function doubt({ confidence, entropy, labelConfidence, classes }: IssueColumns, row: number, by: IssueOrder): number {
  const own = labelConfidence[row] ?? 0;
  if (by === 'confidence') return 1 - own;
  if (by === 'margin') return (1 - (own - (confidence[row] ?? 0))) / 2;
  return Math.max(0, 1 - (entropy[row] ?? 0) / Math.log(classes));
}

/** Mean probability of the label over the samples of each class. */
function usualConfidence(labels: Int32Array, labelConfidence: Float32Array): Map<number, number> {
  const sums = new Map<number, { sum: number; n: number }>();
  labels.forEach((label, row) => {
    const p = labelConfidence[row] ?? Number.NaN;
    if (label < 0 || Number.isNaN(p)) return;
    const entry = sums.get(label) ?? { sum: 0, n: 0 };
    entry.sum += p;
    entry.n++;
    sums.set(label, entry);
  });
  return new Map([...sums].map(([label, { sum, n }]) => [label, sum / n]));
}
