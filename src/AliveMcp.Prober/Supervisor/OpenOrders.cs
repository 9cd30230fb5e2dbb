using AliveMcp.Prober.Cell;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Supervisor;

/// <summary>What a cell was asked and has not answered. Its owner's lock is held for every call.</summary>
internal sealed class OpenOrders(TimeSpan wallClock, TimeProvider time)
{
    private readonly Dictionary<long, Open> _open = [];
    private long _last;

    public int Count => _open.Count;

    /// <param name="heard">Is told the steps of a live try; null: it is none.</param>
    public (long Id, Task<TryResult?> Answer) Add(Action<LookStep>? heard = null)
    {
        var open = new Open(time.GetTimestamp(), heard);
        _open.Add(++_last, open);
        return (_last, open.Answer.Task);
    }

    /// <returns>False when nobody asked, or not for that.</returns>
    public bool TryAnswer(CellAnswer answer)
    {
        if (!_open.TryGetValue(answer.Id, out var open))
        {
            return false;
        }

        if (answer.Result is not { } result)
        {
            return answer.Step is { } step && open.Hears(step);
        }

        _open.Remove(answer.Id);
        open.Answer.SetResult(result);
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

    private sealed class Open(long at, Action<LookStep>? heard)
    {
        private int _steps;

        public long At => at;

        public TaskCompletionSource<TryResult?> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Hears(LookStep step)
        {
            if (heard is null || ++_steps > LookStep.Most)
            {
                return false;
            }

            heard(step);
            return true;
        }
    }
}
