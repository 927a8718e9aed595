import { HeartPulse, Zap } from 'lucide';
import { useId, useState } from 'preact/hooks';
import type { PendingFault } from '../../../sample/04-playground/src/timelines/timeline.interface.js';
import { Icon } from '../../phone/icons/icon.js';
import { providerNames } from '../../phone/phone/provider-names.js';
import type { Setting } from '../client/playground-client.js';
import { usePlaygroundTexts } from '../language/texts.js';

export interface FaultPanelProps {
  readonly setting: Setting;
  readonly pending: readonly PendingFault[];
  readonly onFail: (fault: PendingFault) => void;
  readonly onHeal: () => void;
}

/** Injects faults into the next requests of a provider. */
export function FaultPanel({ setting, pending, onFail, onHeal }: FaultPanelProps) {
  const { faults: texts } = usePlaygroundTexts();
  const id = useId();
  const [wanted, want] = useState<PendingFault>({ provider: 'z-api', fault: 'rate-limited', left: 1 });
  const fail = (event: Event): void => {
    event.preventDefault();
    onFail(wanted);
  };
  return (
    <details class="fault-panel" open={pending.length > 0}>
      <summary>
        <Icon of={Zap} size={16} />
        {texts.label}
      </summary>
      <form onSubmit={fail}>
        <Choice
          id={`${id}-provider`}
          label={texts.provider}
          options={setting.accounts.map(({ provider }) => ({ value: provider, label: providerNames[provider] }))}
          value={wanted.provider}
          onChoose={(provider) => want({ ...wanted, provider })}
        />
        <Choice
          id={`${id}-fault`}
          label={texts.what}
          options={setting.faults.map((fault) => ({ value: fault, label: texts.kinds[fault] }))}
          value={wanted.fault}
          onChoose={(fault) => want({ ...wanted, fault })}
        />
        <label for={`${id}-times`}>{texts.times}</label>
        <input
          id={`${id}-times`}
          class="field-input"
          type="number"
          min={1}
          max={100}
          required
          value={wanted.left}
          onInput={({ currentTarget }) => want({ ...wanted, left: currentTarget.valueAsNumber })}
        />
        <button type="submit" class="quiet-button fault-panel-add">
          {texts.add}
        </button>
      </form>
      {pending.length > 0 && (
        <div class="fault-panel-pending">
          <ul>
            {pending.map(({ provider, fault, left }, place) => (
              <li key={place}>
                {providerNames[provider]} · {texts.pending(texts.kinds[fault], left)}
              </li>
            ))}
          </ul>
          <button type="button" class="quiet-button fault-panel-heal" onClick={onHeal}>
            <Icon of={HeartPulse} size={15} />
            {texts.heal}
          </button>
        </div>
      )}
    </details>
  );
}

interface ChoiceProps<Value extends string> {
  readonly id: string;
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChoose: (value: Value) => void;
}

function Choice<Value extends string>({ id, label, options, value, onChoose }: ChoiceProps<Value>) {
  return (
    <>
      <label for={id}>{label}</label>
      <select
        id={id}
        class="field-input"
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = options.find((option) => option.value === currentTarget.value);
          if (chosen) onChoose(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </>
  );
}
