namespace AliveMcp.Tenancy.SignIn;

/// <summary>Where somebody goes once she is in: a path of ours, whatever was asked for. Anything that could lead elsewhere becomes the list of tenants.</summary>
public static class NextPath
{
    /// <summary>Where people go who did not ask for a place.</summary>
    public const string Home = "/tenants";

    private const int Longest = 300;

    public static string Of(string? wanted) =>
        wanted is { Length: > 1 and <= Longest }
        && wanted[0] == '/'
        && wanted[1] is not ('/' or '\\')
        && wanted.All(letter =>
            char.IsAsciiLetterOrDigit(letter) || "/-_.~?=&%".Contains(letter, StringComparison.Ordinal)
        )
        && !wanted.StartsWith("/sign-", StringComparison.Ordinal)
            ? wanted
            : Home;
}
