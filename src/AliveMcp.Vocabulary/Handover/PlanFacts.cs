using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Vocabulary.Handover;

/// <summary>A plan as it is packed: everything but its regions. See <see cref="MinutePlan"/> for what each says.</summary>
public readonly record struct PlanFacts
{
    /// <summary>See <see cref="MinutePlan.Server"/>.</summary>
    public required ServerKey Server { get; init; }

    /// <summary>See <see cref="MinutePlan.Minute"/>.</summary>
    public required MinuteStamp Minute { get; init; }

    /// <summary>See <see cref="MinutePlan.Weight"/>.</summary>
    public required int Weight { get; init; }

    /// <summary>See <see cref="MinutePlan.Quorum"/>.</summary>
    public required int Quorum { get; init; }

    /// <summary>See <see cref="MinutePlan.Maintenance"/>.</summary>
    public required bool Maintenance { get; init; }

    /// <summary>See <see cref="MinutePlan.Rotating"/>.</summary>
    public required bool Rotating { get; init; }

    /// <summary>See <see cref="MinutePlan.Slowed"/>.</summary>
    public required Slowed Slowed { get; init; }

    /// <summary>See <see cref="MinutePlan.Lane"/>.</summary>
    public required Lane Lane { get; init; }

    /// <summary>See <see cref="MinutePlan.Retention"/>.</summary>
    public required RetentionClass Retention { get; init; }

    /// <summary>See <see cref="MinutePlan.SettingsVersion"/>.</summary>
    public required int SettingsVersion { get; init; }

    internal MinutePlan WithRegions(IReadOnlyList<Region> regions) =>
        new()
        {
            Server = Server,
            Minute = Minute,
            Regions = regions,
            Weight = Weight,
            Quorum = Quorum,
            Maintenance = Maintenance,
            Rotating = Rotating,
            Slowed = Slowed,
            Lane = Lane,
            Retention = Retention,
            SettingsVersion = SettingsVersion,
        };

    internal static PlanFacts Read(ref PackedReader reader)
    {
        var server = new ServerKey(new TenantId(reader.Count()), new ServerId(reader.Count()));
        var minute = new MinuteStamp(reader.Count());
        var weight = reader.Count();
        var quorum = reader.Count();
        var flags = reader.Byte();
        var lane = (Lane)((flags >> 4) & 3);
        return new PlanFacts
        {
            Server = server,
            Minute = minute,
            Weight = weight,
            Quorum = quorum,
            Maintenance = (flags & 1) != 0,
            Rotating = (flags & 2) != 0,
            Slowed = (Slowed)((flags >> 2) & 3),
            Lane = Enum.IsDefined(lane) ? lane : throw new FormatException("A packed plan names a lane that is none."),
            Retention = (RetentionClass)reader.Byte(),
            SettingsVersion = reader.Count(),
        };
    }
}
