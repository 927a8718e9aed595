import type { PlayedProvider } from '../../lib/simulator/phones/phone-news.interface.js';
import { useTexts } from '../phone/language/language.js';
import { providerNames } from '../phone/phone/provider-names.js';

/** Lists the simulated providers with their URLs and the number of accepted messages. */
export function Providers({ providers }: { providers: readonly PlayedProvider[] }) {
  const { activity } = useTexts();
  return (
    <section class="providers">
      <h3>{activity.providers}</h3>
      <dl>
        {providers.map(({ provider, baseUrl, accepted }) => (
          <div key={provider}>
            <dt>
              {providerNames[provider]} <span>{activity.accepted(accepted)}</span>
            </dt>
            <dd>
              <code>{baseUrl}</code>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
