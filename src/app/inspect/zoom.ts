// Zoom and pan of one picture on a stage, as arithmetic: the point under the pointer stays where it is. Pure.

export interface Size {
  width: number;
  height: number;
}

/** `scale`: CSS pixels per picture pixel, null = fits the stage. `x`, `y`: the point of the picture in the middle of the stage, 0 to 1, so that the next picture keeps the place. */
export interface Zoom {
  scale: number | null;
  x: number;
  y: number;
}

/** The whole picture, centred. */
export const fit: Zoom = { scale: null, x: 0.5, y: 0.5 };

const maxScale = 32;

/** The scale at which the whole picture is seen; small pictures grow to at most eight times their size. */
export function fitScale(stage: Size, picture: Size): number {
  return Math.min(stage.width / picture.width, stage.height / picture.height, 8);
}

/** Where the picture is drawn on the stage, in CSS pixels from its top left. */
export function placement(zoom: Zoom, stage: Size, picture: Size): { left: number; top: number } & Size {
  const scale = zoom.scale ?? fitScale(stage, picture);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return { left: stage.width / 2 - zoom.x * width, top: stage.height / 2 - zoom.y * height, width, height };
}

/** Zooms by `factor` about a point of the stage. Zooming out past the fit is the fit. */
export function zoomAt(zoom: Zoom, stage: Size, picture: Size, point: { x: number; y: number }, factor: number): Zoom {
  const before = placement(zoom, stage, picture);
  const smallest = fitScale(stage, picture);
  const scale = Math.min(maxScale, (before.width / picture.width) * factor);
  if (scale <= smallest) return fit;
  // the picture's point under the pointer, 0 to 1
  const [u, v] = [(point.x - before.left) / before.width, (point.y - before.top) / before.height];
  return inside(
    {
      scale,
      x: u - (point.x - stage.width / 2) / (picture.width * scale),
      y: v - (point.y - stage.height / 2) / (picture.height * scale),
    },
    stage,
    picture,
  );
}

/** Moves the picture by CSS pixels. */
export function pan(zoom: Zoom, stage: Size, picture: Size, dx: number, dy: number): Zoom {
  const { width, height } = placement(zoom, stage, picture);
  return inside({ ...zoom, x: zoom.x - dx / width, y: zoom.y - dy / height }, stage, picture);
}

/** Keeps the picture on the stage: no gap on a side where it is larger than the stage, centred where it is smaller. */
export function inside(zoom: Zoom, stage: Size, picture: Size): Zoom {
  const { width, height } = placement(zoom, stage, picture);
  const keep = (value: number, stageSide: number, side: number): number => {
    if (side <= stageSide) return 0.5;
    const half = stageSide / 2 / side;
    return Math.min(1 - half, Math.max(half, value));
  };
  return { scale: zoom.scale, x: keep(zoom.x, stage.width, width), y: keep(zoom.y, stage.height, height) };
}
