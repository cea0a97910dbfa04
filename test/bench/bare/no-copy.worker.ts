// The application's catalog worker where files cannot be written synchronously, so that there is no safety copy.

Reflect.deleteProperty(FileSystemFileHandle.prototype, 'createSyncAccessHandle');
void import('../../../src/workers/catalog.ts').then(() => postMessage('ready'));
