using AliveMcp.Vocabulary;

namespace AliveMcp.Prober.Supervisor;

/// <summary>
/// The places for cells that serve one tenant each. A place is given to a tenant, and its cell is killed before another tenant gets it.
/// Who waits gets the place that has been without work for longest; a tenant that always has work gives way after its turn.
/// </summary>
internal sealed class IsolatedCells(int width, CellRules rules, TenantKills kills)
{
    /// <summary>Tries of one tenant at one time.</summary>
    public const int PerTenant = 50;

    /// <summary>Tickets of one tenant that may wait for their try. More are refused at once, so that its flood does not take everybody's places.</summary>
    public const int Waiting = 150;

    private readonly Lock _gate = new();
    private readonly Dictionary<TenantId, Guest> _guests = [];
    private readonly List<Guest> _line = [];
    private readonly Place[] _places = [.. Enumerable.Range(0, width).Select(_ => new Place())];

    /// <summary>Waits for a place in a cell of the ticket's tenant.</summary>
    public async Task<Seating> SeatAsync(TakenTicket ticket, TimeSpan patience, CancellationToken cancellationToken)
    {
        var server = ticket.Ticket.Server;
        if (!kills.Admits(server, ticket.Ticket.Minute))
        {
            return Why.TenantThrottled;
        }

        if (width == 0 || Knock(server.Tenant) is not { } knock)
        {
            return Why.CellBusy;
        }

        try
        {
            var keeper = await knock.Answer.Task.WaitAsync(patience, rules.Time, cancellationToken);
            var cell = await keeper.GetAsync(cancellationToken);
            return new Seat(order => cell.ProbeAsync(order, ticket.Heard), () => Leave(knock));
        }
        catch (TimeoutException)
        {
            Leave(knock);
            return Why.CellBusy;
        }
        catch
        {
            Leave(knock);
            throw;
        }
    }

    /// <summary>To be called every second or so.</summary>
    public void Look()
    {
        lock (_gate)
        {
            foreach (var place in _places)
            {
                place.Keeper?.Look();
                if (place.Guest is { Running: 0 } && rules.Time.GetElapsedTime(place.IdleSince) > rules.Warm)
                {
                    Clear(place, CellEnd.Stopped);
                }
            }

            Serve();
        }
    }

    public Task StopAsync() => Task.WhenAll(_places.Select(place => place.Keeper?.StopAsync() ?? Task.CompletedTask));

    private Knocking? Knock(TenantId tenant)
    {
        lock (_gate)
        {
            var guest = _guests.TryGetValue(tenant, out var known) ? known : _guests[tenant] = new Guest(tenant);
            if (guest.Knocks.Count >= Waiting)
            {
                return null;
            }

            var knock = new Knocking(guest);
            guest.Knocks.AddLast(knock);
            if (guest.Place is null && !_line.Contains(guest))
            {
                _line.Add(guest);
            }

            Serve();
            return knock;
        }
    }

    private void Leave(Knocking knock)
    {
        lock (_gate)
        {
            var guest = knock.Guest;
            if (!guest.Knocks.Remove(knock) && --guest.Running == 0 && guest.Place is { } place)
            {
                place.IdleSince = rules.Time.GetTimestamp();
            }

            Forget(guest);
            Serve();
        }
    }

    // From here on the gate is held.
    private void Serve()
    {
        while (_line.FirstOrDefault() is { } next && FreePlace() is { } place)
        {
            _line.RemoveAt(0);
            Clear(place, CellEnd.HandedOver);
            place.Guest = next;
            place.Keeper = new CellKeeper(CellOwner.Of(next.Tenant), rules, Ended);
            place.TurnBegan = rules.Time.GetTimestamp();
            next.Place = place;
            Fill(place, isNew: true);
        }

        foreach (var place in _places)
        {
            Fill(place, isNew: false);
        }
    }

    private void Fill(Place place, bool isNew)
    {
        while (
            place.Guest is { Running: < PerTenant, Knocks.First: { } first } guest
            && (isNew || _line.Count == 0 || !IsTurnOver(place))
        )
        {
            guest.Knocks.RemoveFirst();
            guest.Running++;
            first.Value.Answer.SetResult(place.Keeper!);
        }
    }

    private Place? FreePlace() =>
        Array.Find(_places, place => place.Guest is null)
        ?? _places
            .Where(place => place.Guest is { Running: 0 } guest && (guest.Knocks.Count == 0 || IsTurnOver(place)))
            .MinBy(place => place.IdleSince);

    private bool IsTurnOver(Place place) => rules.Time.GetElapsedTime(place.TurnBegan) > rules.Turn;

    private void Clear(Place place, CellEnd why)
    {
        place.Keeper?.Kill(why);
        place.Keeper = null;
        if (place.Guest is not { } guest)
        {
            return;
        }

        (place.Guest, guest.Place) = (null, null);
        if (guest.Knocks.Count > 0)
        {
            _line.Add(guest);
        }

        Forget(guest);
    }

    private void Forget(Guest guest)
    {
        if (guest.Knocks.Count == 0)
        {
            _line.Remove(guest);
            if (guest.Running == 0 && guest.Place is null)
            {
                _guests.Remove(guest.Tenant);
            }
        }
    }

    private void Ended(CellProcess cell)
    {
        if (CellEndWords.IsViolent(cell.End) && cell.Owner.Tenant is { } tenant)
        {
            kills.Note(tenant);
        }
    }

    private sealed class Guest(TenantId tenant)
    {
        public TenantId Tenant => tenant;

        public int Running { get; set; }

        public LinkedList<Knocking> Knocks { get; } = new();

        public Place? Place { get; set; }
    }

    private sealed class Place
    {
        public Guest? Guest { get; set; }

        public CellKeeper? Keeper { get; set; }

        public long TurnBegan { get; set; }

        public long IdleSince { get; set; }
    }

    private sealed class Knocking(Guest guest)
    {
        public Guest Guest => guest;

        public TaskCompletionSource<CellKeeper> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
