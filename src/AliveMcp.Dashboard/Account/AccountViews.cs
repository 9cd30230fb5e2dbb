using AliveMcp.Dashboard.Pages;
using AliveMcp.Tenancy.SignIn.Codes;
using AliveMcp.Tenancy.SignIn.Sessions;

namespace AliveMcp.Dashboard.Account;

/// <summary>What a person has here of her own.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Sessions">Where she is signed in.</param>
/// <param name="CurrentSession">The one of this browser.</param>
/// <param name="SecondFactor">How it stands.</param>
public sealed record AccountView(
    Ground Ground,
    IReadOnlyList<ListedSession> Sessions,
    long CurrentSession,
    SecondFactor SecondFactor
);

/// <summary>The second factor is being set up.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Enrolment">Shown to its person alone.</param>
public sealed record EnrolView(Ground Ground, Enrolment Enrolment);

/// <summary>Recovery codes, shown once.</summary>
/// <param name="Ground">What every page has.</param>
/// <param name="Codes">All of them.</param>
public sealed record RecoveryView(Ground Ground, IReadOnlyList<string> Codes);
