// The mark of a field that identifies a person: an icon with its meaning in words.
import UserRound from 'lucide-solid/icons/user-round';
import styles from './PersonMark.module.css';

export function PersonMark() {
  return (
    <span
      class={styles.mark}
      role="img"
      aria-label="identifies a person"
      title="Identifies a person: left out of saved files unless you ask for it"
    >
      <UserRound />
    </span>
  );
}
