import { providerNames } from '../../phone/phone/provider-names.js';
import type { Setting } from '../client/playground-client.js';
import type { ChangeDraft, Draft } from '../draft/draft.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { Segments } from '../layout/segments.js';
import { Switch } from '../layout/switch.js';

export interface SendOptionsProps {
  readonly draft: Draft;
  readonly change: ChangeDraft;
  readonly accounts: Setting['accounts'];
}

/** The options of the send. */
export function SendOptions({ draft, change, accounts }: SendOptionsProps) {
  const { options } = usePlaygroundTexts();
  return (
    <section class="send-options" aria-label={options.label}>
      <Segments
        label={options.account}
        isLabelSeen
        options={accounts.map(({ name, provider }) => ({ value: name, label: providerNames[provider] }))}
        value={draft.account}
        onChoose={(account) => change({ account })}
      />
      <Segments
        label={options.by}
        isLabelSeen
        options={(['send', 'queue'] as const).map((value) => ({ value, label: options.bys[value] }))}
        value={draft.by}
        onChoose={(by) => change({ by })}
      />
      <div class="switches">
        <Switch
          label={options.split}
          hint={options.splitHint}
          isOn={draft.split}
          onSwitch={(split) => change({ split })}
        />
        <Switch
          label={options.asText}
          hint={options.asTextHint}
          isOn={draft.asText}
          onSwitch={(asText) => change({ asText })}
        />
        <Switch
          label={options.lateText}
          hint={options.lateTextHint}
          isOn={draft.lateText}
          onSwitch={(lateText) => change({ lateText })}
        />
      </div>
    </section>
  );
}
