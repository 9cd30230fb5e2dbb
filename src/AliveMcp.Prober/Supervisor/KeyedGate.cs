namespace AliveMcp.Prober.Supervisor;

/// <summary>Lets at most so many in for one key at one time; the others wait, but not for ever.</summary>
internal sealed class KeyedGate<TKey>(int width, TimeProvider time)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Room> _rooms = [];

    /// <returns>What to dispose on leaving; null when the wait was in vain.</returns>
    public async Task<IDisposable?> EnterAsync(TKey key, TimeSpan wait, CancellationToken cancellationToken)
    {
        var room = Knock(key);
        try
        {
            if (await WaitAsync(room.Places, wait, cancellationToken))
            {
                return new Place(this, key, room);
            }
        }
        catch
        {
            Leave(key, room);
            throw;
        }

        Leave(key, room);
        return null;
    }

    private async Task<bool> WaitAsync(SemaphoreSlim places, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (places.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            return true;
        }

        if (wait <= TimeSpan.Zero)
        {
            return false;
        }

        using var patience = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await places.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private Room Knock(TKey key)
    {
        lock (_gate)
        {
            var room = _rooms.TryGetValue(key, out var known) ? known : _rooms[key] = new Room(width);
            room.Guests++;
            return room;
        }
    }

    private void Leave(TKey key, Room room)
    {
        lock (_gate)
        {
            if (--room.Guests == 0)
            {
                _rooms.Remove(key);
                room.Places.Dispose();
            }
        }
    }

    private sealed class Room(int width)
    {
        public SemaphoreSlim Places { get; } = new(width);

        public int Guests { get; set; }
    }

    private sealed class Place(KeyedGate<TKey> gate, TKey key, Room room) : IDisposable
    {
        public void Dispose()
        {
            room.Places.Release();
            gate.Leave(key, room);
        }
    }
}
