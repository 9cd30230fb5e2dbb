namespace AliveMcp.Tenancy.SignIn;

/// <summary>How often something may be tried in a window of time.</summary>
/// <param name="Name">Stands in the bucket's hash: limits do not share buckets.</param>
/// <param name="Most">Tries in a window.</param>
/// <param name="Window">Its length.</param>
public sealed record AttemptLimit(string Name, int Most, TimeSpan Window)
{
    /// <summary>Links asked for from one network address: an office behind one address may still sign in.</summary>
    public static AttemptLimit LinksFromAddress { get; } = new("link-from", 30, TimeSpan.FromHours(1));

    /// <summary>Links asked for one mail address, whoever asks: nobody's mailbox is flooded.</summary>
    public static AttemptLimit LinksToEmail { get; } = new("link-to", 5, TimeSpan.FromHours(1));

    /// <summary>Links, invitations and callbacks opened from one network address. Tokens have 256 bits; this only keeps the noise down.</summary>
    public static AttemptLimit TokensFromAddress { get; } = new("token-from", 60, TimeSpan.FromMinutes(15));

    /// <summary>Sign-ins at a provider begun from one network address.</summary>
    public static AttemptLimit ProvidersFromAddress { get; } = new("provider-from", 60, TimeSpan.FromMinutes(15));

    /// <summary>Codes of six digits given for one person: 480 tries a day against three good codes in a million find one in about two years.</summary>
    public static AttemptLimit CodesOfPerson { get; } = new("code-of", 5, TimeSpan.FromMinutes(15));

    public static AttemptLimit CodesFromAddress { get; } = new("code-from", 20, TimeSpan.FromMinutes(15));

    /// <summary>Tenants made from one network address.</summary>
    public static AttemptLimit TenantsFromAddress { get; } = new("tenant-from", 10, TimeSpan.FromDays(1));

    public static AttemptLimit TenantsOfPerson { get; } = new("tenant-of", 5, TimeSpan.FromDays(1));

    public static AttemptLimit InvitationsOfTenant { get; } = new("invite-of", 50, TimeSpan.FromDays(1));
}
