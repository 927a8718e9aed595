import type { BodyCheck } from '../checks/body-check.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';

/** Reads the button of a form, which WhatsApp calls a flow. */
export function flow(action: BodyCheck): SimulatedButton[] {
  action.only('name', 'parameters');
  action.word('name', ['flow']);
  const parameters = action.object('parameters');
  parameters.word('flow_message_version', ['3']);
  if (!parameters.has('flow_name')) parameters.text('flow_id');
  else if (parameters.has('flow_id')) parameters.addIssue('flow_id', 'not-allowed', 'must not be next to flow_name');
  parameters.optionalText('flow_token');
  parameters.optionalWord('mode', ['draft', 'published']);
  parameters.optionalWord('flow_action', ['navigate', 'data_exchange']);
  parameters.optionalObject('flow_action_payload')?.text('screen');
  return [{ id: '', title: parameters.text('flow_cta', { maximum: 30 }), type: 'flow' }];
}

/** Reads the button that sends a location. WhatsApp chooses its title. */
export function locationRequest(action: BodyCheck): SimulatedButton[] {
  action.only('name');
  action.word('name', ['send_location']);
  return [{ id: '', title: 'Send location', type: 'location' }];
}

/** Reads the button that sends the person's own contact. WhatsApp chooses its title. */
export function contactRequest(action: BodyCheck): SimulatedButton[] {
  action.only('name');
  action.word('name', ['request_contact_info']);
  return [{ id: '', title: 'Share contact info', type: 'contact' }];
}

/** Reads the button that allows calls. WhatsApp chooses its title. */
export function callPermissionRequest(action: BodyCheck): SimulatedButton[] {
  action.only('name');
  action.word('name', ['call_permission_request']);
  return [{ id: '', title: 'Choose preference', type: 'call-permission' }];
}
