// What was recognised in a folder, in words, and the choices to correct it. Pure.
import type { DatasetState, Layout, LayoutProposal } from '../../catalog/types.ts';
import { counted } from '../ui/format.ts';

/** What the sample is; a test counts it. */
export const sampleWords = '367 small pictures of eight things, twelve of them labelled wrong on purpose';

const kinds: Record<LayoutProposal['kind'], string> = {
  'class-folders': 'Class folders',
  'split-folders': 'Split folders',
  flat: 'Pictures without class folders',
};

/** 'Split folders: 3 splits, 10 classes, 1,434 pictures; 5 files left out'. */
export function recognised(proposal: LayoutProposal, state: Pick<DatasetState, 'size' | 'scan'>): string {
  const facts: string[] = [];
  if (proposal.splits.length > 0) facts.push(counted(new Set(proposal.splits.map((s) => s.split)).size, 'split'));
  if (proposal.layout.classLevel !== null) facts.push(counted(proposal.classes, 'class'));
  facts.push(counted(state.size, 'picture'));
  if (proposal.layout.classLevel !== null && proposal.unlabelled > 0)
    facts.push(`${counted(proposal.unlabelled, 'picture')} without a class`);
  const left = state.scan.report.leftOut;
  return `${kinds[proposal.kind]}: ${facts.join(', ')}${left > 0 ? `; ${counted(left, 'file')} left out` : ''}`;
}

/** Folder levels that a class or split can come from: 0 is the first folder below the opened one. */
export function levels(depth: number): { level: number | null; title: string }[] {
  return [
    { level: null, title: 'not from folders' },
    ...Array.from({ length: depth }, (_, level) => ({ level, title: `folder ${level + 1}` })),
  ];
}

export const splitNames = ['train', 'validation', 'test'] as const;

/** The layout with another class level; a split cannot come from the same folders. */
export function withClassLevel(layout: Layout, classLevel: number | null): Layout {
  const clash = classLevel !== null && layout.splitLevel === classLevel;
  return { ...layout, classLevel, ...(clash ? { splitLevel: null, splits: [] } : {}) };
}

/** The layout with another split level; names are given to the folders there afterwards. */
export function withSplitLevel(layout: Layout, splitLevel: number | null): Layout {
  const clash = splitLevel !== null && layout.classLevel === splitLevel;
  return {
    ...layout,
    splitLevel,
    splits: splitLevel === null ? [] : layout.splits,
    ...(clash ? { classLevel: null } : {}),
  };
}

/** The layout in which pictures of a folder belong to a split; null: to none. */
export function withSplit(layout: Layout, folder: string, split: string | null): Layout {
  const others = layout.splits.filter(([name]) => name !== folder);
  return { ...layout, splits: split === null ? others : [...others, [folder, split]] };
}
