namespace AliveMcp.Tenancy.SignIn.Codes;

/// <summary>A second factor that is being set up: shown to its person, no code of it given yet.</summary>
/// <param name="Uri">For the QR code: secret.</param>
/// <param name="Typed">For typing by hand: secret.</param>
public sealed record Enrolment(string Uri, string Typed)
{
    public override string ToString() => "Enrolment";
}
