// The titles of backbones, by name or by what they were used for.
import type { Session } from '../../client/types.ts';

/** Its title while it is installed, else its name: an evaluation outlives the backbone that made it. */
export function titleOfBackbone(session: Session, name: string): string {
  return session.backbones().find((info) => info.name === name)?.title ?? name;
}

/** The backbone that said what it sees in these pictures: the one with classes of its own that embedded them. */
export function titleOfZeroShot(session: Session): string {
  const embedded = session.dataset()?.embeddings.filter((e) => e.have > 0) ?? [];
  const speaker = session.backbones().find((b) => b.hasLogits && embedded.some((e) => e.backbone === b.name));
  return speaker?.title ?? titleOfBackbone(session, session.backbone());
}
