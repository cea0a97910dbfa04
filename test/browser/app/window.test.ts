// The inspector of deep pictures: readout, drag, presets, keys, frames, and one look for all pictures.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { setDetails } from '../../../src/catalog/details.ts';
import type { DatasetState, DeepView } from '../../../src/catalog/types.ts';
import type { PixelView } from '../../../src/pixels/types.ts';
import { clothing } from './catalog-double.ts';
import { embedded, modelDouble } from './model-double.ts';
import { draw, type Mounted, mount, until } from './mount.tsx';

let app: Mounted;
let looks: PixelView[] = [];
let stored: DeepView[] = [];
beforeEach(() => page.viewport(1280, 800));
afterEach(() => app.unmount());

/** Twenty slices of five frames whose own window is 40, 400. */
async function open(access: 'owner' | 'reader' = 'owner', embeddings: DatasetState['embeddings'] = []): Promise<void> {
  [looks, stored] = [[], []];
  const table = clothing(20);
  setDetails(
    table,
    Array.from({ length: 20 }, (_, id) => ({ id, format: 'dicom', details: [] })),
  );
  app = await mount({
    table,
    state: { access, embeddings },
    model: modelDouble(),
    calls: {
      setView: async ({ view }): Promise<DatasetState> => {
        stored.push(view);
        const state = app.session.dataset();
        if (!state) throw new Error('nothing is open');
        const { view: _, ...rest } = state;
        return { ...rest, view, embeddings: [] };
      },
    },
    bitmap: async (path, { view = {}, measure }) => {
      looks.push(view);
      const { bitmap } = await draw(path, 256);
      const values = {
        found: { low: -1024, high: 3071 },
        bulk: { low: -1000, high: 1400 },
        shown: view.window ?? { center: 40, width: 400 },
      };
      const facts = { format: 'dicom' as const, width: 256, height: 256, bits: 16, channels: 1, frames: 5 };
      return { bitmap, facts: measure ? { ...facts, values } : facts };
    },
  });
  await expect.element(centre()).toHaveValue(40);
}

const inspector = () => page.getByRole('region', { name: 'Inspector' });
const centre = () => inspector().getByLabelText('Centre');
const width = () => inspector().getByLabelText('Width');
const button = (name: string) => inspector().getByRole('button', { name, exact: true });
const last = (): PixelView => looks.at(-1) ?? {};

function dragOnPicture(dx: number, dy: number): void {
  const canvas = document.querySelector('[aria-label="Inspector"] canvas');
  if (!canvas) throw new Error('there is no picture');
  canvas.dispatchEvent(new PointerEvent('pointermove', { buttons: 1, movementX: dx, movementY: dy, bubbles: true }));
}

test('a drag on the picture changes centre and width, and only the newest look is loaded', async () => {
  await open();
  const before = looks.length;
  for (let i = 0; i < 30; i++) dragOnPicture(10, 0);
  dragOnPicture(0, 20);
  // 2,400 values in 400 pixels: 6 a pixel
  await expect.element(width()).toHaveValue(400 + 300 * 6);
  await expect.element(centre()).toHaveValue(40 + 20 * 6);
  await until(() => last().window?.width === 2200 && last().window?.center === 160, 'the last look');
  expect(looks.length - before).toBeLessThan(10);
});

test('a preset, the numbers and the keys set the window; the way back is the file’s own', async () => {
  await open();
  await userEvent.selectOptions(inspector().getByLabelText('Window preset'), 'Lung');
  await expect.element(centre()).toHaveValue(-600);
  await expect.element(width()).toHaveValue(1500);
  await userEvent.fill(width(), '1000');
  await userEvent.tab();
  await until(() => last().window?.width === 1000, 'the typed width');
  await userEvent.click(page.getByRole('gridcell').first());
  await userEvent.keyboard('{Alt>}{PageUp}{/Alt}');
  await until(() => last().window?.width === 1060, 'the wider window');
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await until(() => last().window?.center === -660, 'the lower centre');
  await userEvent.click(button('Back to what all pictures have'));
  await expect.element(centre()).toHaveValue(40);
  expect(last()).toEqual({});
});

test('the window that is tried stays for the next picture, and becomes that of all by one click', async () => {
  await open();
  await userEvent.selectOptions(inspector().getByLabelText('Window preset'), 'Bone');
  await userEvent.click(button('Next picture'));
  await until(() => last().window?.center === 300, 'the next picture in the same window');
  expect(stored).toEqual([]);
  await userEvent.click(button('Use for all pictures'));
  await expect.element(button('Use for all pictures')).not.toBeInTheDocument();
  expect(stored).toEqual([{ window: { center: 300, width: 1500 } }]);
  await expect.element(button('Back to what all pictures have')).toBeDisabled();
});

test('embeddings of the former look are told to belong to it', async () => {
  await open('owner', embedded(20));
  await userEvent.selectOptions(inspector().getByLabelText('Window preset'), 'Bone');
  await userEvent.click(button('Use for all pictures'));
  await expect.element(page.getByText(/Their embeddings belong to the former look/).first()).toBeVisible();
});

test('who only reads may look, but not decide for all', async () => {
  await open('reader');
  await userEvent.selectOptions(inspector().getByLabelText('Window preset'), 'Brain');
  await expect.element(button('Use for all pictures')).toBeDisabled();
});

test('frames are stepped by slider, buttons and keys, and the next picture begins with its own', async () => {
  await open();
  await expect.element(inspector().getByText('frame 1 of 5')).toBeVisible();
  await userEvent.click(button('Next frame'));
  await expect.element(inspector().getByText('frame 2 of 5')).toBeVisible();
  await until(() => last().frame === 1, 'the second frame');
  await userEvent.click(page.getByRole('gridcell').first());
  await userEvent.keyboard('..');
  await until(() => last().frame === 3, 'the fourth frame');
  await userEvent.fill(inspector().getByRole('slider', { name: 'Frame' }), '5');
  await until(() => last().frame === 4, 'the last frame');
  await expect.element(button('Next frame')).toBeDisabled();
  await userEvent.click(button('Next picture'));
  await expect.element(inspector().getByText('frame 1 of 5')).toBeVisible();
});

test('in the large view the same window is shown, and arrows in its numbers do not leave the picture', async () => {
  await open();
  await userEvent.selectOptions(inspector().getByLabelText('Window preset'), 'Abdomen');
  await userEvent.click(button('Large view'));
  const dialog = page.getByRole('dialog');
  await expect.element(dialog.getByLabelText('Width')).toHaveValue(400);
  await userEvent.click(dialog.getByLabelText('Centre'));
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(dialog.getByLabelText('Centre')).toHaveValue(40 + 60);
  await userEvent.keyboard('{ArrowLeft}{ArrowRight}');
  expect(app.session.cursor()).toBe(0);
});
