using AliveMcp.Dashboard.Pages;

namespace AliveMcp.Dashboard.SignIn;

/// <summary>The first page.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Email">As typed already.</param>
/// <param name="NextPath">Where to go afterwards.</param>
/// <param name="Providers">Keys and names.</param>
public sealed record SignInView(
    Ground Ground,
    string? Email,
    string NextPath,
    IReadOnlyList<(string Key, string Name)> Providers
);

/// <summary>A link that was opened and waits to be used.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Token">The link's: goes into the form.</param>
/// <param name="Email">Who it was sent to.</param>
/// <param name="IsThisBrowser">This browser asked for it.</param>
public sealed record ConfirmView(Ground Ground, string Token, string Email, bool IsThisBrowser);

/// <summary>The owner's link, opened.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Token">The link's: goes into the form.</param>
/// <param name="Email">As typed already.</param>
public sealed record OwnerView(Ground Ground, string Token, string? Email);

/// <summary>A page that needs nothing but the ground.</summary>
public sealed record PlainView(Ground Ground);

/// <summary>The second factor is asked for.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="NextPath">Where to go afterwards.</param>
public sealed record CodeView(Ground Ground, string NextPath);
