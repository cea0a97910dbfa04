// Starts the page: workers, session, scripting API and the interface.
import { createRoot } from 'solid-js';
import { render } from 'solid-js/web';
import './app/tokens.css';
import { App } from './app/App.tsx';
import { SessionContext } from './app/context.ts';
import { createVitrine } from './client/api.ts';
import { createSession } from './client/session.ts';
import { startWorkers } from './client/workers.ts';

const mount = document.getElementById('app');
if (!mount) throw new Error('index.html has no element with the id app');

const workers = startWorkers({
  catalog: () => new Worker(new URL('./workers/catalog.ts', import.meta.url), { type: 'module', name: 'catalog' }),
  pixels: () => new Worker(new URL('./workers/pixels.ts', import.meta.url), { type: 'module', name: 'pixels' }),
  model: () => new Worker(new URL('./workers/model.ts', import.meta.url), { type: 'module', name: 'model' }),
});
const session = createRoot(() => createSession(workers));

window.vitrine = createVitrine(session, workers);

render(
  () => (
    <SessionContext.Provider value={session}>
      <App />
    </SessionContext.Provider>
  ),
  mount,
);
