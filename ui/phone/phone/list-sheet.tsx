import { useId, useState } from 'preact/hooks';
import type { PhoneList, PhoneRow } from '../../../lib/simulator/phones/phone-message.interface.js';
import { useTexts } from '../language/language.js';
import type { Press } from './buttons.js';
import { Sheet } from './sheet.js';

export interface ListSheetProps {
  readonly list: PhoneList;
  readonly onClose: () => void;
  readonly press?: Press;
}

/** The open list. */
export function ListSheet({ list, onClose, press }: ListSheetProps) {
  const texts = useTexts();
  const [chosen, setChosen] = useState<number>();
  const name = useId();
  const send = (): void => {
    if (chosen !== undefined) press?.(chosen);
  };
  return (
    <Sheet
      title={list.title ?? list.button}
      closeLabel={texts.closeList}
      canSend={chosen !== undefined && press !== undefined}
      onSend={send}
      onClose={onClose}
    >
      {list.sections.map(({ title, rows }, place) => (
        <fieldset key={place}>
          <legend class={title ? '' : 'unseen'} dir="auto">
            {title ?? list.title ?? list.button}
          </legend>
          {rows.map((row) => (
            <Row key={row.index} row={row} name={name} isChosen={chosen === row.index} onChoose={setChosen} />
          ))}
        </fieldset>
      ))}
    </Sheet>
  );
}

interface RowProps {
  readonly row: PhoneRow;
  readonly name: string;
  readonly isChosen: boolean;
  readonly onChoose: (index: number) => void;
}

function Row({ row, name, isChosen, onChoose }: RowProps) {
  return (
    <label class="sheet-row">
      <span class="sheet-row-text">
        <span dir="auto">{row.title}</span>
        {row.description && <small dir="auto">{row.description}</small>}
      </span>
      <input type="radio" name={name} checked={isChosen} onChange={() => onChoose(row.index)} />
    </label>
  );
}
