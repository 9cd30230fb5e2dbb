namespace AliveMcp.Storage.Audit;

/// <summary>Who acts in the current request or job, for the audit trail. Set at the door, beside <see cref="Postgres.TenantScope"/>; until then a stranger.</summary>
public sealed class ActorScope
{
    /// <summary>Never null.</summary>
    public Actor Actor { get; private set; } = Actor.Stranger;

    /// <summary>From now on this one acts. A door may learn more of the same caller later and say it again.</summary>
    public void Act(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        Actor = actor;
    }
}
