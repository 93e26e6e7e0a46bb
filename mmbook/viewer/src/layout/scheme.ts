/** Schemes: from a product's placement to those of its operands. */
import type { LayoutSettings, PlacementSettings } from "../settings/types.ts";

export type Scheme = LayoutSettings["scheme"];

/** A placement as yes or no: depth runs away from the reader, left stands right, right stands below, result behind. */
interface Code {
  positive: boolean;
  leftOnRight: boolean;
  rightOnBottom: boolean;
  resultBehind: boolean;
}

/**
 * The placement of a left operand that is itself a product. Under the custom scheme it is its
 * `own`; where that says nothing, as blocks have it.
 */
export function leftPlacement(
  scheme: Scheme,
  parent: PlacementSettings,
  own: Partial<PlacementSettings>,
): PlacementSettings {
  if (scheme === "custom") return { ...leftPlacement("blocks", parent, own), ...own };
  if (scheme === "wheel") return parent;
  const { positive, leftOnRight, rightOnBottom, resultBehind } = encode(parent);
  return decode({
    positive: !positive,
    leftOnRight: positive !== resultBehind,
    rightOnBottom: scheme === "blocks" ? !rightOnBottom : rightOnBottom,
    resultBehind: positive === leftOnRight,
  });
}

/** The placement of a right operand that is itself a product; see leftPlacement. */
export function rightPlacement(
  scheme: Scheme,
  parent: PlacementSettings,
  own: Partial<PlacementSettings>,
): PlacementSettings {
  if (scheme === "custom") return { ...rightPlacement("blocks", parent, own), ...own };
  if (scheme === "wheel") return parent;
  const { positive, leftOnRight, rightOnBottom, resultBehind } = encode(parent);
  return decode({
    positive: !positive,
    leftOnRight: scheme === "blocks" ? !leftOnRight : leftOnRight,
    rightOnBottom: positive !== resultBehind,
    resultBehind: positive === rightOnBottom,
  });
}

/**
 * Where the result of an operand's cube touches its parent's face. A cube that hangs on a band has
 * its result there whatever the scheme says: the band is that result.
 */
export function touching(
  side: "left" | "right",
  parent: PlacementSettings,
): PlacementSettings["result"] {
  const { positive, leftOnRight, rightOnBottom } = encode(parent);
  return positive === (side === "left" ? leftOnRight : rightOnBottom) ? "back" : "front";
}

function encode(placement: PlacementSettings): Code {
  return {
    positive: placement.polarity === "positive",
    leftOnRight: placement.left === "right",
    rightOnBottom: placement.right === "bottom",
    resultBehind: placement.result === "back",
  };
}

function decode(code: Code): PlacementSettings {
  return {
    polarity: code.positive ? "positive" : "negative",
    left: code.leftOnRight ? "right" : "left",
    right: code.rightOnBottom ? "bottom" : "top",
    result: code.resultBehind ? "back" : "front",
  };
}
