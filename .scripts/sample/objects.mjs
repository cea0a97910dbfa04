// What the sample's classes are, in the order of the class list, and how each is drawn.
import { cactus, fish, flower, mushroom, snail } from './living.mjs';
import { boat, house, rocket } from './things.mjs';

/** Class name → drawing: `(random, colors) → SVG` in a box of ±50. */
export const objects = { boat, cactus, fish, flower, house, mushroom, rocket, snail };
