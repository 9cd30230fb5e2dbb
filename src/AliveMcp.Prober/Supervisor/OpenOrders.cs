using AliveMcp.Prober.Cell;
using AliveMcp.Vocabulary;

namespace AliveMcp.Prober.Supervisor;

/// <summary>What a cell was asked and has not answered. Its owner's lock is held for every call.</summary>
internal sealed class OpenOrders(TimeSpan wallClock, TimeProvider time)
{
    private readonly Dictionary<long, Open> _open = [];
    private long _last;

    public int Count => _open.Count;

    public (long Id, Task<TryResult?> Answer) Add()
    {
        var open = new Open(time.GetTimestamp());
        _open.Add(++_last, open);
        return (_last, open.Answer.Task);
    }

    /// <returns>False when nobody asked.</returns>
    public bool TryAnswer(CellAnswer answer)
    {
        if (!_open.Remove(answer.Id, out var open))
        {
            return false;
        }

        open.Answer.SetResult(answer.Result);
        return true;
    }

    public bool HasOverdue() => _open.Values.Any(IsOverdue);

    /// <summary>No answer comes any more. Whoever waits may ask another cell, but for those that made this one overdue.</summary>
    public void Lose(bool blamesOverdue)
    {
        foreach (var open in _open.Values)
        {
            open.Answer.SetResult(blamesOverdue && IsOverdue(open) ? TryResult.Unknown(Why.CellKilled) : null);
        }

        _open.Clear();
    }

    private bool IsOverdue(Open open) => time.GetElapsedTime(open.At) > wallClock;

    private sealed class Open(long at)
    {
        public long At => at;

        public TaskCompletionSource<TryResult?> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
