// The wire under a transport, spoilt: werift's own loss settings are fixed at the start and know no direction, so its way in and its way out
// are wrapped. transport.ts calls it once; connectivity checks do not come this way, it judges those itself.
import type { RTCIceTransport } from 'werift';

/** `arrived` is told of what came through; what it takes for itself werift does not see. */
export function spoil(
  connection: RTCIceTransport['connection'],
  isLost: (data: Buffer) => boolean,
  arrived: (data: Buffer) => 'taken' | 'left',
): void {
  const send = connection.send.bind(connection);
  const receive = connection.onData.execute;
  connection.send = async data => {
    if (!isLost(data)) await send(data);
  };
  connection.onData.execute = data => {
    if (!isLost(data) && arrived(data) === 'left') receive(data);
  };
}
