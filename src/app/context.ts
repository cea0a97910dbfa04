// The session for every component: one context, one hook.
import { createContext, useContext } from 'solid-js';
import type { Session } from '../client/types.ts';
import { VitrineError } from '../shared/errors.ts';

export const SessionContext = createContext<Session>();

/** The page's session. Errors: `internal` outside of the application's root. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new VitrineError('internal', 'A component was used outside of the application.');
  return session;
}
