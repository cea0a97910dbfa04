// The search box: one text, looked for in names, classes and text fields while it is typed.
import Search from 'lucide-solid/icons/search';
import type { Filter } from '../../catalog/types.ts';
import { anywhere } from '../../client/query.ts';
import { searchText } from '../browse/chips.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import styles from './Header.module.css';
import { searchId } from './search.ts';

export function SearchBox() {
  const session = useSession();
  const text = (): string => searchText(session.condition(anywhere)) ?? '';

  function look(wanted: string): void {
    const fields = (session.dataset()?.fields ?? []).filter(
      (f) => f.origin === 'metadata' && (f.type === 'text' || f.type === 'category') && !f.sensitive,
    );
    const names = ['path', 'label', ...fields.map((f) => f.name)];
    const filter: Filter = { or: names.map((field) => ({ field, contains: wanted })) };
    session.setCondition(anywhere, wanted.trim() === '' ? null : filter);
  }

  return (
    <label class={styles.search}>
      <Search />
      <input
        id={searchId}
        type="text"
        aria-label="Search names, classes, fields"
        placeholder="Search names, classes, fields"
        value={text()}
        onInput={(event) => look(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (text() === '') event.currentTarget.blur();
          else look('');
        }}
      />
      <kbd class={controls.kbd}>/</kbd>
    </label>
  );
}
