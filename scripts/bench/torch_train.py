"""The program that trains with PyTorch, a block of steps for each line on stdin.

Speaks as block-process.ts says; the job is that of train-job.ts, for pictures with a memory layout. The networks are
written here; a test of equal size is the number of parameters.
"""

import json
import os
import resource
import sys
import time

sys.dont_write_bytecode = True
job = json.loads(sys.argv[1])
os.environ["OMP_NUM_THREADS"] = str(job["threads"])  # before torch starts its threads


def tell(**record):
    print(json.dumps(record), flush=True)


try:
    import torch
    from torch.nn import functional as F
except Exception as error:
    tell(missing=f"{type(error).__name__}: {error}")
    sys.exit()


def matmul_gflops():
    """Of the BLAS behind torch, by processor time, which a busy machine does not stretch much.

    A tuned one does tens to hundreds, the reference BLAS about one.
    """
    a = torch.rand(1024, 1024)
    seconds = float("inf")
    for _ in range(4):
        began = time.process_time()
        torch.mm(a, a)
        seconds = min(seconds, time.process_time() - began)
        if seconds > 0.5:
            break
    return 2 * 1024**3 / seconds / 1e9


def size(model):
    """The numbers that a network trains, without the second bias of PyTorch's recurrent layers."""
    return sum(value.numel() for name, value in model.named_parameters() if "bias_hh" not in name)


def main():
    torch.manual_seed(1)
    torch.set_num_threads(job["threads"])
    module = __import__("torch_" + job["kind"])
    model, optimiser, batches, clip = module.subject(job)
    labels = torch.randint(job["classes"], (job["steps"], job["batch"]))

    tell(parameters=size(model), version=torch.__version__, matmulGflops=matmul_gflops())
    for _ in sys.stdin:
        began = time.perf_counter()
        for batch, label in zip(batches, labels):
            # The loss of the step before stays alive until this one's is there: dropped earlier, it would let
            # the C library give memory back to the system, and each step would pay for getting it again.
            loss = F.cross_entropy(model(batch), label)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            clip()
            optimiser.step()
        tell(ms=1000 * (time.perf_counter() - began))
    unit = 1 if sys.platform == "darwin" else 1024
    tell(peakMemoryMB=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6))


main()
