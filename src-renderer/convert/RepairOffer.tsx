import { Button } from '@mantine/core';

/** Where a version is damaged: that what is left of it can be saved. */
export function RepairOffer({ onRepair }: { onRepair: () => void }) {
  return (
    <div className="damage-offer">
      <p>What is still whole in it can be written to a new file.</p>
      <Button size="xs" variant="default" onClick={onRepair}>
        Repair…
      </Button>
    </div>
  );
}
