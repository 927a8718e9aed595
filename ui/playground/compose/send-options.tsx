import { providerNames } from '../../phone/phone/provider-names.js';
import type { Setting } from '../client/playground-client.js';
import type { ChangeDraft, Draft } from '../draft/draft.js';
import type { LastReply } from '../draft/last-reply.js';
import { isOptionOf } from '../draft/options-of-draft.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { Segments } from '../layout/segments.js';
import { Switch } from '../layout/switch.js';

export interface SendOptionsProps {
  readonly draft: Draft;
  readonly change: ChangeDraft;
  readonly accounts: Setting['accounts'];
  readonly lastReply: LastReply | undefined;
}

/** The options of the send. */
export function SendOptions({ draft, change, accounts, lastReply }: SendOptionsProps) {
  const { options } = usePlaygroundTexts();
  const { kind } = draft;
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
        {isOptionOf('split', kind) && (
          <Switch
            label={options.split}
            hint={options.splitHint}
            isOn={draft.split}
            onSwitch={(split) => change({ split })}
          />
        )}
        {isOptionOf('asText', kind) && (
          <Switch
            label={options.asText}
            hint={options.asTextHints[kind]}
            isOn={draft.asText}
            onSwitch={(asText) => change({ asText })}
          />
        )}
        {isOptionOf('lateText', kind) && (
          <Switch
            label={options.lateText}
            hint={options.lateTextHints[kind]}
            isOn={draft.lateText}
            onSwitch={(lateText) => change({ lateText })}
          />
        )}
        <Switch
          label={options.quote}
          hint={lastReply ? options.quoteHint(lastReply.text) : options.nothingToQuote}
          isOn={draft.quotes && lastReply !== undefined}
          isDisabled={!lastReply}
          onSwitch={(quotes) => change({ quotes })}
        />
      </div>
    </section>
  );
}
