namespace AliveMcp.Probing.Transports;

/// <summary>
/// The time a probe has left. One token at a time: a step with a budget of its own narrows it, and a step that ran out of its budget
/// (but not of the whole) gets a fresh one.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly CancellationToken _caller;
    private readonly long _began;
    private readonly TimeSpan _total;
    private CancellationTokenSource _source;
    private CancellationTokenRegistration _calledOff;
    private bool _saysGoodbye;
    private bool _endsWithWhole = true;

    public Deadline(TimeSpan total, TimeProvider clock, CancellationToken caller)
    {
        (_total, _clock, _caller) = (total, clock, caller);
        _began = clock.GetTimestamp();
        _source = Start(total, caller);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>What is left of the whole, never negative.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = _total - _clock.GetElapsedTime(_began);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>The whole is over. A timer may ring a moment before the clock says so.</summary>
    public bool IsUp => Left == TimeSpan.Zero || (_endsWithWhole && _source.IsCancellationRequested);

    /// <summary>Throws when the caller called the probe off: the one exception that leaves it.</summary>
    public void ThrowIfCalledOff()
    {
        if (!_saysGoodbye)
        {
            _caller.ThrowIfCancellationRequested();
        }
    }

    /// <summary>From now on the token ends after the budget, or with the whole.</summary>
    public void Narrow(TimeSpan budget)
    {
        Renew();
        var left = Left;
        _endsWithWhole = budget >= left;
        _source.CancelAfter(_endsWithWhole ? left : budget);
    }

    /// <summary>Back to the whole.</summary>
    public void Widen() => Narrow(_total);

    /// <summary>Time of its own for saying goodbye, owed to the server even when the probe ran out of time or was called off.</summary>
    public void AllowGoodbye(TimeSpan budget)
    {
        Dispose();
        _source = Start(budget, CancellationToken.None);
        _saysGoodbye = true;
    }

    /// <summary>Goes on with what is left of the whole, after a goodbye that was not the last.</summary>
    public void TakeUp()
    {
        Dispose();
        _saysGoodbye = false;
        _endsWithWhole = true;
        _source = Start(Left, _caller);
    }

    public void Dispose()
    {
        _calledOff.Dispose();
        _source.Dispose();
    }

    private void Renew()
    {
        if (_source.IsCancellationRequested)
        {
            Dispose();
            _source = Start(Left, _caller);
        }
    }

    private CancellationTokenSource Start(TimeSpan left, CancellationToken caller)
    {
        var source = new CancellationTokenSource(left, _clock);
        _calledOff = caller.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), source);
        return source;
    }
}
