import { useState } from 'preact/hooks';
import { useTexts } from '../language/language.js';
import type { RequestSheetProps } from './request-button.js';
import { Sheet, SheetField } from './sheet.js';

/** A square in São Paulo. */
const PLACE = { latitude: '-23.55052', longitude: '-46.633308' };

/** Sends a location. */
export function LocationSheet({ title, reply, onClose }: RequestSheetProps) {
  const { request } = useTexts();
  const [latitude, setLatitude] = useState(PLACE.latitude);
  const [longitude, setLongitude] = useState(PLACE.longitude);
  const isValid = isWithin(latitude, 90) && isWithin(longitude, 180);
  const send = (): void => reply({ type: 'location', latitude: Number(latitude), longitude: Number(longitude) });
  return (
    <Sheet title={title} closeLabel={request.close} canSend={isValid} onSend={send} onClose={onClose}>
      <div class="sheet-pair">
        <SheetField label={request.latitude} value={latitude} inputMode="decimal" onInput={setLatitude} />
        <SheetField label={request.longitude} value={longitude} inputMode="decimal" onInput={setLongitude} />
      </div>
    </Sheet>
  );
}

function isWithin(text: string, limit: number): boolean {
  return text.trim() !== '' && Math.abs(Number(text)) <= limit;
}
