let room = new Uint32Array();

/**
 * Room for so many slots, to be filled and copied out before anybody else asks: a hundred thousand of them thrown away several times with
 * each keystroke would have the collector hold up the page.
 */
export function slotRoom(length: number): Uint32Array {
  if (room.length < length) room = new Uint32Array(length);
  return room;
}
